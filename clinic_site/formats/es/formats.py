"""Spanish as people in the US write it: 8:30 a.m., not 08:30."""

TIME_FORMAT = "P"
DATETIME_FORMAT = r"j \d\e F \d\e Y, P"
