"""Who answers: processes that can be killed, and the one that writes.

    front       the HTTP server (server.front): takes requests, asks evaluators, never opens a store
    evaluator   answers one query at a time over a copy of the store; killed by the system at its time limit
    nursery     holds the copy, on disk or in memory, and forks evaluators: a dead one is replaced in milliseconds
    keeper      has the store open for writing, or watches who has; starts nurseries, hands out new generations

A generation is a set of evaluators over one state of the store, which listen on one socket. A write makes a new one;
the old one ends when its queries have ended. `state` is the file from which the front learns which is the present
one.
"""
