// Times and durations in Rego: the one grammar of requests to milliseconds, and how they are printed.
import { MAX_INTEGER } from "@aegis/runtime/core";

export const timesRego = `
# Milliseconds since 1970 of YYYY-MM-DDThh:mm:ss[.d{1,3}]Z, years 1970 to 9999.
time(value) := (((((days * 86400) + (hour * 3600)) + (minute * 60)) + second) * 1000) + milliseconds if {
	is_string(value)
	parts := regex.find_all_string_submatch_n(_moment, value, 1)[0]
	year := _small(parts[1])
	month := _small(parts[2])
	day := _small(parts[3])
	month >= 1
	month <= 12
	day >= 1
	day <= _month_length(year, month)
	days := _days_before(year, month) + (day - 1)
	hour := _small(parts[4])
	minute := _small(parts[5])
	second := _small(parts[6])
	milliseconds := _milliseconds(parts[7])
}

_moment := \`^((?:19[7-9]|[2-9][0-9]{2})[0-9])-([0-9]{2})-([0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\\.([0-9]{1,3}))?Z$\`

# Digits as a number; nothing is zero.
_small(digits) := to_number(concat("", ["0", trimmed])) if {
	trimmed := trim_left(digits, "0")
	trimmed == ""
}

_small(digits) := to_number(trimmed) if {
	trimmed := trim_left(digits, "0")
	trimmed != ""
}

_milliseconds(digits) := _small(substring(concat("", [digits, "000"]), 0, 3))

_leap(year) if {
	year % 4 == 0
	year % 100 != 0
}

_leap(year) if year % 400 == 0

_month_length(year, month) := 29 if {
	month == 2
	_leap(year)
}

_month_length(year, month) := [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] if {
	not _long_february(year, month)
}

_long_february(year, month) if {
	month == 2
	_leap(year)
}

# Days from 1970-01-01 to the first of the month.
_days_before(year, month) := (((year - 1970) * 365) + leaps) + within if {
	before := year - 1
	leaps := ((floor(before / 4) - floor(before / 100)) + floor(before / 400)) - 477
	within := [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] + _leap_day(year, month)
}

_leap_day(year, month) := 1 if {
	month > 2
	_leap(year)
}

_leap_day(_, month) := 0 if month <= 2

_leap_day(year, month) := 0 if {
	month > 2
	not _leap(year)
}

# Milliseconds of an ISO 8601 duration in days, hours, minutes and seconds.
duration(value) := total if {
	is_string(value)
	regex.match(\`^P[0-9T]\`, value)
	not regex.match(\`T$\`, value)
	parts := regex.find_all_string_submatch_n(_span, value, 1)[0]
	seconds := (((_small(parts[1]) * 86400) + (_small(parts[2]) * 3600)) + (_small(parts[3]) * 60)) + _small(parts[4])
	total := (seconds * 1000) + _milliseconds(parts[5])
	total <= ${String(MAX_INTEGER)}
}

_span := \`^P(?:([0-9]{1,9})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:\\.([0-9]{1,3}))?S)?)?$\`

# The moment in the same form, milliseconds only where there are any; out of years 1970 to 9999 the integer.
time_text(time) := format_int(time, 10) if time < 0

time_text(time) := format_int(time, 10) if time > 253402300799999

time_text(time) := concat("", [date, "T", hours, ":", minutes, ":", seconds, _tail(time % 1000), "Z"]) if {
	time >= 0
	time <= 253402300799999
	date := _date_text(floor(time / 86400000))
	hours := _two(floor(time / 3600000) % 24)
	minutes := _two(floor(time / 60000) % 60)
	seconds := _two(floor(time / 1000) % 60)
}

# From days since 1970, counted from March 1 of year 0 in eras of 400 years.
_date_text(days) := concat("-", [format_int(year, 10), _two(month), _two(day)]) if {
	shifted := days + 719468
	era := floor(shifted / 146097)
	of_era := shifted % 146097
	year_of_era := floor((((of_era - floor(of_era / 1460)) + floor(of_era / 36524)) - floor(of_era / 146096)) / 365)
	of_year := of_era - (((365 * year_of_era) + floor(year_of_era / 4)) - floor(year_of_era / 100))
	from_march := floor(((5 * of_year) + 2) / 153)
	day := (of_year - floor(((153 * from_march) + 2) / 5)) + 1
	month := ((from_march + 2) % 12) + 1
	year := (year_of_era + (era * 400)) + floor(from_march / 10)
}

_two(number) := substring(format_int(100 + number, 10), 1, -1)

_tail(milliseconds) := "" if milliseconds == 0

_tail(milliseconds) := concat("", [".", substring(format_int(1000 + milliseconds, 10), 1, -1)]) if milliseconds != 0

# The span as an ISO 8601 duration: PT4H, P1D, -PT30M, PT0S.
duration_text(span) := "PT0S" if span == 0

duration_text(span) := concat("", [_sign_of(span), "P", days, _time_part(concat("", [hours, minutes, seconds]))]) if {
	span != 0
	size := abs(span)
	days := _unit(floor(size / 86400000), "D")
	hours := _unit(floor(size / 3600000) % 24, "H")
	minutes := _unit(floor(size / 60000) % 60, "M")
	seconds := _seconds_text(floor(size / 1000) % 60, size % 1000)
}

_time_part(text) := "" if text == ""

_time_part(text) := concat("", ["T", text]) if text != ""

_unit(number, _) := "" if number == 0

_unit(number, letter) := concat("", [format_int(number, 10), letter]) if number != 0

_seconds_text(seconds, milliseconds) := _unit(seconds, "S") if milliseconds == 0

_seconds_text(seconds, milliseconds) := concat("", [format_int(seconds, 10), ".", digits, "S"]) if {
	milliseconds != 0
	digits := trim_right(substring(format_int(1000 + milliseconds, 10), 1, -1), "0")
}
`;
