"""Keys, signatures and sealed content: the only package that uses `cryptography`.

Rule: every function is pure Python over bytes, keys and a given time; what does not verify is a TrustError, what cannot
be read is an InputError, and no other exception leaves this package for any bytes from outside.

    canonical.py   RFC 8785 bytes, digests, strict JSON          bech32.py    key strings of age
    signing.py     Ed25519 keys                                  sealing.py   unit keys (mlkem768x25519)
    passphrase.py  age files under a passphrase                  keyfiles.py  key files on disk
    keys.py        the door to the four above                    jws.py       signed statements
    header.py, stream.py, age.py   sealed content, age v1        tls.py       certificates of the door between nodes
    keylist.py     the keys of an authority, signed by its party's root

Design: exchange, "Envelope" and "Keys".
"""
