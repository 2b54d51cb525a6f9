"""The models of the road, of people and of the API that no retention rule ends, each with the reason.

Rule: a model that is neither here nor in a rule fails a test; whoever adds one says how its records end.
Design: subjects, safeguard 6; exchange, "Ledger".
"""

KEPT = {
    "acts.Instrument": "the signed plans; no person",
    "acts.Suspension": "lines suspended by a party, under the signed plans",
    "acts.KeyList": "keys of authorities; an old message verifies against the keys as they were",
    "acts.Series": "counters",
    "acts.Channel": "counters and digests",
    "acts.Leaf": "the log is only ever added to; a leaf holds a salted commitment and nothing of the content",
    "acts.TreeNode": "hashes of the log",
    "acts.Checkpoint": "signed heads of the log",
    "acts.Wish": "names a record by its id and holds no content",
    "acts.Outbox": "signed envelopes, which identify nobody; the sealed content is dropped when the partner has it",
    "acts.Inbox": "signed envelopes, which identify nobody; the sealed content is dropped when it is delivered",
    "acts.Retry": "an officer's word that a message is opened again",
    "acts.Receipt": "signed receipts: message ids and grounds",
    "acts.Refusal": "refusals are answers, kept with the officer and the ground; never whom it was about",
    "acts.Alarm": "codes, message ids and whom of the authority it is about: closed by an official step",
    "acts.Access": "who read what, for oversight; its oldest rows end together, by `acts/access_end.py`",
    "acts.AccessCut": "numbers and hashes: where the access log begins after its oldest rows ended",
    "acts.Tombstone": "what is left of what was erased: hashes",
    "acts.SearchEntry": "hashes of what a record is found by; they go with it, in the same transaction",
    "acts.ChainCheck": "how far the chain of the access log was checked",
    "accounts.User": "people of the authority, for as long as they serve",
    "accounts.Proposal": "who proposed and who confirmed what an officer may do: an account of an official step",
    "accounts.Delegation": "who stood in for whom, and when: an account of an official step",
    "accounts.Guess": "digests of whom and from where, counted and dropped",
    "accounts.WrongCode": "a count for a person of the authority, until the next sign-in",
    "accounts.UsedCode": "digests of codes that were used, dropped at their end",
    "api.Client": "own systems; no person",
    "api.Token": "hashes of tokens, dropped at their end",
    "api.Answer": "kept answers hold no person and are dropped at their end",
    "api.Pace": "counters",
}
