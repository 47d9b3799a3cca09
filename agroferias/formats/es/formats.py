"""Numbers and dates as Lima writes them: 1 234.50 and «13 de junio de 2027»."""

DATE_FORMAT = r"j \d\e F \d\e Y"
WEEKDAY_DATE_FORMAT = r"l j \d\e F"
MONTH_DAY_FORMAT = r"j \d\e F"
YEAR_MONTH_FORMAT = r"F \d\e Y"
# Where Django itself writes a time; what we write goes through producers.clock.
TIME_FORMAT = "f a"
DATETIME_FORMAT = r"j \d\e F \d\e Y, f a"
SHORT_DATETIME_FORMAT = "d/m/Y, f a"
SHORT_DATE_FORMAT = "d/m/Y"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
