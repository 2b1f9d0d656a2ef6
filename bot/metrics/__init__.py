"""What a running bot counts of itself, and the page that Prometheus reads."""
