"""The sheets of many sub-units as one (汇总)."""
