//! Dates, and how `strftime` writes them: as C's does in the C locale. All are in UTC: a run knows no other time zone.

use super::fault::{Attempt, Fault, type_error};
use crate::machine::data::exception::VALUE_ERROR;
use crate::machine::memory::value::Value;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The days before the year 1970, counted from the first day of the year 1.
const BEFORE_1970: i64 = 719_162;

/// A moment as the calendar and the clock say it.
#[derive(Clone, Copy, Debug)]
pub struct Date {
    year: i64,
    /// From 1 on, as the day is.
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    /// 0 is Monday.
    weekday: i64,
    /// From 1 on.
    day_of_year: i64,
}

impl Date {
    /// The date so many seconds after the beginning of 1970.
    pub fn of(seconds: i64) -> Date {
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let number = days + BEFORE_1970;
        let mut year = number * 400 / 146_097 + 1;
        while days_before(year) > number {
            year -= 1;
        }
        while days_before(year + 1) <= number {
            year += 1;
        }
        let day_of_year = number - days_before(year);
        let mut day = day_of_year;
        let mut month = 1;
        while day >= days_in(year, month) {
            day -= days_in(year, month);
            month += 1;
        }
        Date {
            year,
            month,
            day: day + 1,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: number.rem_euclid(7),
            day_of_year: day_of_year + 1,
        }
    }

    /// The date of the nine fields of a `struct_time`, which need not fit each other.
    ///
    /// # Errors
    /// `TypeError` for fewer fields, `ValueError` for one that is out of range.
    pub fn of_fields(fields: &[Value]) -> Attempt<Date> {
        let number = |value: &Value| if let Value::Int(number) = value { Some(*number) } else { None };
        let numbers: Option<Vec<i64>> = fields.iter().map(number).collect();
        let Some([year, month, day, hour, minute, second, weekday, day_of_year, _]) = numbers.as_deref() else {
            return Err(type_error("strftime(): illegal time tuple argument"));
        };
        let ranges = [
            (*month, 0, 12, "month"),
            (*day, 0, 31, "day of month"),
            (*hour, 0, 23, "hour"),
            (*minute, 0, 59, "minute"),
            (*second, 0, 61, "seconds"),
            (*weekday, -1, i64::MAX, "day of week"),
            (*day_of_year, 0, 366, "day of year"),
        ];
        if let Some((.., name)) = ranges.iter().find(|(value, least, most, _)| value < least || value > most) {
            return Err(Fault::Error(&VALUE_ERROR, format!("{name} out of range").into()));
        }
        Ok(Date {
            year: *year,
            month: (*month).max(1),
            day: (*day).max(1),
            hour: *hour,
            minute: *minute,
            second: *second,
            weekday: weekday.rem_euclid(7),
            day_of_year: (*day_of_year).max(1),
        })
    }

    /// The date as `strftime` writes it. Codes that it does not know stay as they are.
    pub fn written(&self, format: &str) -> String {
        let mut text = String::new();
        let mut rest = format;
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            let code = &rest[at + 1..];
            let flags = code.len() - code.trim_start_matches(['-', '_', '0', '^', '#']).len();
            // The codes that other locales and calendars would change.
            let letters = code[flags..].strip_prefix(['E', 'O']).filter(|rest| !rest.is_empty());
            let letters = letters.unwrap_or(&code[flags..]);
            match letters.chars().next().and_then(|letter| Some((letter, self.field(letter)?))) {
                Some((letter, field)) => {
                    text.push_str(&flagged(field, code[..flags].chars().last(), letter));
                    rest = &letters[letter.len_utf8()..];
                }
                None => {
                    text.push('%');
                    rest = code;
                }
            }
        }
        text.push_str(rest);
        text
    }

    fn field(&self, code: char) -> Option<Field> {
        let (day_name, month_name) = (DAYS[self.weekday as usize], MONTHS[self.month as usize - 1]);
        let hour = (self.hour + 11) % 12 + 1;
        let half = if self.hour < 12 { "AM" } else { "PM" };
        let sunday_first = (self.weekday + 1) % 7;
        let (zeros, spaces) =
            (|number, width| Field::Number(number, width, '0'), |number| Field::Number(number, 2, ' '));
        let text = |text: &str| Field::Text(text.to_owned());
        let several = |codes: &str| Field::Text(self.written(codes));
        Some(match code {
            'A' => text(day_name),
            'a' => text(&day_name[..3]),
            'B' => text(month_name),
            'b' | 'h' => text(&month_name[..3]),
            'C' => zeros(self.year.div_euclid(100), 2),
            'c' => several("%a %b %e %H:%M:%S %Y"),
            'D' | 'x' => several("%m/%d/%y"),
            'd' => zeros(self.day, 2),
            'e' => spaces(self.day),
            'F' => several("%Y-%m-%d"),
            'G' => zeros(self.iso_week().0, 1),
            'g' => zeros(self.iso_week().0.rem_euclid(100), 2),
            'H' => zeros(self.hour, 2),
            'I' => zeros(hour, 2),
            'j' => zeros(self.day_of_year, 3),
            'k' => spaces(self.hour),
            'l' => spaces(hour),
            'M' => zeros(self.minute, 2),
            'm' => zeros(self.month, 2),
            'n' => text("\n"),
            'P' => Field::Text(half.to_lowercase()),
            'p' => text(half),
            'R' => several("%H:%M"),
            'r' => several("%I:%M:%S %p"),
            'S' => zeros(self.second, 2),
            's' => zeros(self.seconds(), 1),
            'T' | 'X' => several("%H:%M:%S"),
            't' => text("\t"),
            'U' => zeros((self.day_of_year + 6 - sunday_first) / 7, 2),
            'u' => zeros(self.weekday + 1, 1),
            'V' => zeros(self.iso_week().1, 2),
            'W' => zeros((self.day_of_year + 6 - self.weekday) / 7, 2),
            'w' => zeros(sunday_first, 1),
            'Y' => zeros(self.year, 1),
            'y' => zeros(self.year.rem_euclid(100), 2),
            'Z' => text("UTC"),
            'z' => text("+0000"),
            '%' => text("%"),
            _ => return None,
        })
    }

    /// The year and week that ISO 8601 counts the day to.
    fn iso_week(&self) -> (i64, i64) {
        let week = (self.day_of_year - self.weekday + 9) / 7;
        match week {
            0 => (self.year - 1, weeks_in(self.year - 1)),
            53 if weeks_in(self.year) == 52 => (self.year + 1, 1),
            _ => (self.year, week),
        }
    }

    /// Seconds since the beginning of 1970.
    fn seconds(&self) -> i64 {
        let months: i64 = (1..self.month).map(|month| days_in(self.year, month)).sum();
        let days = days_before(self.year) + months + self.day - 1 - BEFORE_1970;
        days * 86_400 + self.hour * 3600 + self.minute * 60 + self.second
    }
}

/// What one code stands for.
enum Field {
    Text(String),
    /// The number, its least width, and what fills it up to that.
    Number(i64, usize, char),
}

fn flagged(field: Field, flag: Option<char>, code: char) -> String {
    let (number, width, fill) = match (field, flag) {
        (Field::Text(text), Some('#')) if matches!(code, 'p' | 'Z') => return text.to_lowercase(),
        (Field::Text(text), Some('^' | '#')) => return text.to_uppercase(),
        (Field::Text(text), _) => return text,
        (Field::Number(number, width, fill), _) => (number, width, fill),
    };
    let (width, fill) = match flag {
        Some('-') => (0, fill),
        Some('_') => (width, ' '),
        Some('0') => (width, '0'),
        _ => (width, fill),
    };
    if fill == ' ' { format!("{number:width$}") } else { format!("{number:0width$}") }
}

fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// The days before a year, counted from the first day of the year 1.
fn days_before(year: i64) -> i64 {
    let before = year - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The weeks of a year of ISO 8601.
fn weeks_in(year: i64) -> i64 {
    let first = days_before(year).rem_euclid(7);
    52 + i64::from(first == 3 || (first == 2 && is_leap(year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let at = |seconds, format| Date::of(seconds).written(format);
        assert_eq!(at(0, "%Y-%m-%d %H:%M:%S %a %j %Z %s"), "1970-01-01 00:00:00 Thu 001 UTC 0");
        assert_eq!(at(951_827_696, "%F %T %A %s"), "2000-02-29 12:34:56 Tuesday 951827696");
        assert_eq!(at(1_735_689_599, "%d %B %y %I:%M %p %j %q%"), "31 December 24 11:59 PM 366 %q%");
        assert_eq!(at(4_102_444_800, "%D %R %G-W%V-%u"), "01/01/00 00:00 2099-W53-5");
        assert_eq!(at(-1, "%c"), "Wed Dec 31 23:59:59 1969");
    }

    #[test]
    fn flags_change_how_a_field_is_filled() {
        let at = |format| Date::of(1_609_556_645).written(format);
        assert_eq!(at("%-d|%_m|%0e|%^a|%#p|%Ey|%-%|%-Q|%-"), "2| 1|02|SAT|am|21|%|%-Q|%-");
    }
}
