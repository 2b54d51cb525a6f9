"""The chapters of the day: who is sought, and what each of five people sees and does."""
