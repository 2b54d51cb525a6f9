"""The console: pages. Base page, home, errors, translations, static files; subjects bring their own pages."""
