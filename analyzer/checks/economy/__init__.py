"""What macro_level does with forecasts and with rules on many cycles."""
