"""ZoneInfo in Python: what zoneinfo uses when datetime is the one in Python, which knows nothing of native zones.

The same as the native module _zoneinfo, from PEP 615 and RFC 9636. Times are seconds since 1970, of UTC or of the wall
clock.
"""

import bisect
import calendar
import collections
import re
import struct
import weakref
from datetime import datetime, timedelta, tzinfo

from . import _common, _tzpath

_EPOCH = datetime(1970, 1, 1).toordinal()
_STRONG_CACHE_SIZE = 8

# What holds for a while: seconds east of UTC, what datetime is told of them, and of them what is daylight saving.
_Period = collections.namedtuple("_Period", "seconds offset dst name")


def _period(seconds, dst, name):
    return _Period(seconds, timedelta(seconds=seconds), timedelta(seconds=dst), name)


_UNKNOWN = _Period(None, None, None, None)


class ZoneInfo(tzinfo):
    _strong_cache = collections.OrderedDict()
    _weak_cache = weakref.WeakValueDictionary()
    __module__ = "zoneinfo"

    def __init_subclass__(cls):
        cls._strong_cache = collections.OrderedDict()
        cls._weak_cache = weakref.WeakValueDictionary()

    def __new__(cls, key):
        zone = cls._weak_cache.get(key)
        if zone is None:
            zone = cls._weak_cache.setdefault(key, cls._load(key))
            zone._source = "cache"
        cls._strong_cache[key] = cls._strong_cache.pop(key, zone)
        if len(cls._strong_cache) > _STRONG_CACHE_SIZE:
            cls._strong_cache.popitem(last=False)
        return zone

    @classmethod
    def no_cache(cls, key):
        return cls._load(key)

    @classmethod
    def from_file(cls, file_obj, /, key=None):
        zone = cls._read(file_obj, key)
        zone._source = "file"
        zone._file_repr = repr(file_obj)
        return zone

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        if only_keys is None:
            cls._weak_cache.clear()
            cls._strong_cache.clear()
            return
        for key in only_keys:
            cls._weak_cache.pop(key, None)
            cls._strong_cache.pop(key, None)

    @classmethod
    def _load(cls, key):
        path = _tzpath.find_tzfile(key)
        with _common.load_tzdata(key) if path is None else open(path, "rb") as file:
            return cls._read(file, key)

    @classmethod
    def _read(cls, file, key):
        zone = super().__new__(cls)
        zone._key = key
        zone._source = "no cache"
        zone._file_repr = None
        zone._set_story(*_read_tzif(file))
        return zone

    def _set_story(self, times, indices, types, tz_string):
        for index in indices:
            if index >= len(types):
                raise ValueError(f"Invalid transition index found while reading TZif: {index}")
        periods = [
            _period(offset, _dst_offset(indices, types, i), name) for i, (offset, _, name) in enumerate(types)
        ]
        self._times = times
        self._periods = [periods[index] for index in indices]
        if tz_string:
            self._after = _parse_tz_string(tz_string)
        elif periods:
            self._after = (self._periods or periods)[-1]
        else:
            raise ValueError("No time zone information found.")
        standard = [period for period, (_, is_dst, _) in zip(periods, types) if not is_dst]
        self._before = (standard or periods or [self._after])[0]
        is_fixed = isinstance(self._after, _Period) and all(period == self._after for period in periods)
        self._always = self._after if is_fixed and len(periods) <= 1 else _UNKNOWN
        # When each period begins by the wall clock: with fold 0 after a gap or fold, with fold 1 before it.
        before = [types[0][0] if types else 0] + [period.seconds for period in self._periods]
        changes = list(zip(times, before, before[1:]))
        self._walls = [time + max(old, new) for time, old, new in changes], [
            time + min(old, new) for time, old, new in changes
        ]

    @property
    def key(self):
        return self._key

    def utcoffset(self, dt):
        return self._at(dt).offset

    def dst(self, dt):
        return self._at(dt).dst

    def tzname(self, dt):
        return self._at(dt).name

    def _at(self, dt):
        if dt is None:
            return self._always
        time = _seconds(dt)
        starts = self._walls[dt.fold]
        if starts and time < starts[0]:
            return self._before
        if starts and time <= starts[-1]:
            return self._periods[bisect.bisect_right(starts, time) - 1]
        if isinstance(self._after, _Period):
            return self._after
        return self._after.at_local(time, dt.year, dt.fold)

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        period, fold = self._at_utc(_seconds(dt), dt.year)
        local = dt + period.offset
        return local.replace(fold=1) if fold else local

    def _at_utc(self, time, year):
        times = self._times
        index = bisect.bisect_right(times, time) - 1
        if index < 0 and times:
            return self._before, False
        if not isinstance(self._after, _Period) and (not times or time > times[-1]):
            return self._after.at_utc(time, year)
        if not times:
            return self._after, False
        period = self._periods[index]
        old = self._periods[index - 1] if index > 0 else self._before
        return period, old.seconds - period.seconds > time - times[index]

    def __repr__(self):
        if self._key is None:
            return f"{type(self).__qualname__}.from_file({self._file_repr})"
        return f"{type(self).__qualname__}(key={self._key!r})"

    def __str__(self):
        return repr(self) if self._key is None else self._key

    def __reduce__(self):
        if self._source == "file":
            import pickle

            raise pickle.PicklingError("Cannot pickle a ZoneInfo file created from a file stream.")
        return type(self)._unpickle, (self._key, self._source == "cache")

    @classmethod
    def _unpickle(cls, key, from_cache, /):
        return cls(key) if from_cache else cls.no_cache(key)


def _seconds(dt):
    return (((dt.toordinal() - _EPOCH) * 24 + dt.hour) * 60 + dt.minute) * 60 + dt.second


def _dst_offset(indices, types, index):
    """The files only say that a type is daylight saving time: by how much is told by standard time beside it."""
    offset, is_dst, _ = types[index]
    if not is_dst:
        return 0
    for i in range(1, len(indices)):
        if indices[i] != index:
            continue
        for neighbour in indices[i - 1], *indices[i + 1 : i + 2]:
            difference = offset - types[neighbour][0]
            if difference and not types[neighbour][1]:
                return difference
    return 3600


# TZif files


def _read_tzif(file):
    """Times of transitions, the index of each one's type, the types (offset, is daylight saving, name), the TZ string."""
    version, counts = _read_header(file)
    size = 4
    if version >= 2:
        # The data come twice; these times have 32 bits only.
        isut, isstd, leap, time, type_, char = counts
        file.seek(time * 5 + type_ * 6 + char + leap * 8 + isstd + isut, 1)
        version, counts = _read_header(file)
        size = 8
    isut, isstd, leap, time, type_, char = counts
    times = struct.unpack(f">{time}{'l' if size == 4 else 'q'}", file.read(time * size))
    indices = file.read(time)
    records = [struct.unpack(">l?b", file.read(6)) for _ in range(type_)]
    names = file.read(char)
    types = [(offset, is_dst, names[at : names.find(b"\0", at)].decode()) for offset, is_dst, at in records]
    if version < 2:
        return times, indices, types, None
    file.seek(leap * 12 + isstd + isut, 1)
    file.readline()
    footer = file.readline()
    if not footer.endswith(b"\n"):
        raise ValueError("Invalid TZif file: unexpected end of file")
    return times, indices, types, footer[:-1].decode()


def _read_header(file):
    if file.read(4) != b"TZif":
        raise ValueError("Invalid TZif file: magic not found")
    version = file.read(1)
    file.read(15)
    return 1 if version == b"\0" else int(version), struct.unpack(">6l", file.read(24))


# TZ strings

_NAME = "(?:<([-+0-9A-Za-z]+)>|([A-Za-z]+))"
_CLOCK = "([-+]?)([0-9]{1,3})(?::([0-9]{2})(?::([0-9]{2}))?)?"
_ZONE = re.compile(f"{_NAME}{_CLOCK}(?:{_NAME}(?:{_CLOCK})?,([^,]+),([^,]+))?")
_MOMENT = re.compile(f"(?:M([0-9]{{1,2}})\\.([0-9])\\.([0-9])|(J?)([0-9]{{1,3}}))(?:/{_CLOCK})?")


def _parse_tz_string(text):
    match = _ZONE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a valid TZ string")
    try:
        groups = match.groups()
        standard_offset = -_clock(groups[2:6], 24)
        standard = _period(standard_offset, 0, groups[0] or groups[1])
        name = groups[6] or groups[7]
        if name is None:
            return standard
        offset = standard_offset + 3600 if groups[9] is None else -_clock(groups[8:12], 24)
        daylight = _period(offset, offset - standard_offset, name)
        return _Rule(standard, daylight, _moment(groups[12]), _moment(groups[13]))
    except ValueError as error:
        raise ValueError(f"{error} in TZ string: {text}") from None


def _clock(groups, max_hours):
    sign, hours, minutes, seconds = groups
    if int(hours) > max_hours:
        raise ValueError(f"Offset of more than {max_hours} hours")
    total = (int(hours) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return -total if sign == "-" else total


def _moment(text):
    """The function that gives the moment in a year at which `text` says that something begins."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError("Malformed transition rule")
    month, week, weekday, julian, day, *clock = match.groups()
    time = 2 * 3600 if clock[1] is None else _clock(clock, 167)
    if month is not None:
        month, week, weekday = int(month), int(week), int(weekday)
        if not (1 <= month <= 12 and 1 <= week <= 5 and weekday <= 6):
            raise ValueError("Month, week or weekday out of range")

        def ordinal(year):
            first, days = calendar.monthrange(year, month)
            # TZ counts from Sunday, the calendar from Monday.
            nth = (weekday - 1 - first) % 7 + (week - 1) * 7
            return datetime(year, month, 1).toordinal() + (nth if nth < days else nth - 7)

    else:
        day = int(day)
        if day > 365 or (julian and day == 0):
            raise ValueError("Day out of range")

        def ordinal(year):
            first = datetime(year, 1, 1).toordinal()
            # J days never count 29 February. The others POSIX counts from 0, CPython from 1.
            return first + day - 1 + bool(julian and day >= 60 and calendar.isleap(year))

    return lambda year: (ordinal(year) - _EPOCH) * 86400 + time


class _Rule:
    """Daylight saving time that begins and ends at the same moments every year."""

    def __init__(self, standard, daylight, begin, end):
        self.standard = standard
        self.daylight = daylight
        # In standard time, and in daylight saving time.
        self.begin = begin
        self.end = end
        self.shift = daylight.seconds - standard.seconds

    def at_local(self, time, year, fold):
        begin, end = self.begin(year), self.end(year)
        # Of times that are missing or come twice those with fold 0 belong to what was before (PEP 495).
        if (fold == 1) == (self.shift >= 0):
            end -= self.shift
        else:
            begin += self.shift
        return self.daylight if _is_within(time, begin, end) else self.standard

    def at_utc(self, time, year):
        begin = self.begin(year) - self.standard.seconds
        end = self.end(year) - self.daylight.seconds
        back = end if self.shift > 0 else begin
        fold = back <= time < back + abs(self.shift)
        return self.daylight if _is_within(time, begin, end) else self.standard, fold


def _is_within(time, begin, end):
    # South of the equator daylight saving time spans the new year.
    return begin <= time < end if begin < end else not end <= time < begin
