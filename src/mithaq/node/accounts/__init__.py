"""People of this authority: names, units, roles, sign-in. Passkeys and TOTP come with the accounts issue."""
