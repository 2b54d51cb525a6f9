"""No storage of its own: instruments, messages and leaves are the road's."""
