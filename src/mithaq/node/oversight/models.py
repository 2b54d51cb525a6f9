"""No storage of its own: the access log is the road's."""
