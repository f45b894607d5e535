"""Volatility of a market's own prices: what volatility_regime holds beside a volatility index."""
