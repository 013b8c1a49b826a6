"""What every part that asks over HTTP shares: saying who asks, waiting, and keeping what was answered."""
