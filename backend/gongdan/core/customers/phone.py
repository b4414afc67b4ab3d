"""Telephone numbers as customers have them; the reckoning itself is `kernel.phone`, which own fields share."""

from gongdan.kernel.phone import PhoneNumber, mask, parse_number, parse_numbers

__all__ = ["PhoneNumber", "mask", "parse_number", "parse_numbers"]
