"""The console: pages for people. Base page, home, errors, translations, static files; the subjects bring their own pages."""
