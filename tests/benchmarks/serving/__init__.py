"""What `serve_speed` and `serve_soak` share: a made-up graph, the servers, the queries, the load and the tables."""
