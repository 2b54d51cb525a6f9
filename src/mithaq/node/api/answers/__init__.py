"""What the API answers: frozen shapes, a module a subject, and how they are made of what the subjects read.

Rules: an answer to a POST, which is kept for a repeated request, names records and no person; a person stands only in
answers to a GET, which the access log holds. Times are RFC 3339 in UTC. Design: architecture, "One definition".
"""
