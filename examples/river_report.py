"""Reads the log of a river's gauges and reports the season: levels by month, flood waves and how they travelled, faults.

usage: river_report.py LOG [--stations FILE] [--json] [--from MONTH]
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

READING = re.compile(
    r"""(?P<time>\d{4}-\d\d-\d\d\ \d\d:\d\d)\ (?P<code>[A-Z]+)\ 
        (?: level=(?P<level>-?\d+)cm\ flow=(?P<flow>\d+\.\d)\ temp=(?P<temp>-?\d+\.\d)
        |   ERROR\ (?P<fault>.+?) )
        (?:\s*\#\s*(?P<note>.*))?$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Station:
    code: str
    name: str
    km_from_source: int
    mean_cm: int
    width_m: int
    warn_cm: int
    flood_cm: int


@dataclass(slots=True)
class Reading:
    time: datetime
    code: str
    level: int
    flow: float
    temperature: float
    estimated: bool = False


@dataclass
class Wave:
    """A time above the warning level at one station."""

    station: str
    start: datetime
    end: datetime
    peak: int
    peak_time: datetime

    @property
    def hours(self) -> float:
        return (self.end - self.start) / timedelta(hours=1)


@dataclass
class Season:
    readings: list[Reading] = field(default_factory=list)
    faults: Counter = field(default_factory=Counter)
    skipped: int = 0

    def by_station(self) -> dict[str, list[Reading]]:
        groups: dict[str, list[Reading]] = defaultdict(list)
        for reading in self.readings:
            groups[reading.code].append(reading)
        return dict(groups)


def read_log(lines: Iterable[str]) -> Season:
    season = Season()
    for line in lines:
        if line.startswith("#") or not line.strip():
            continue
        match = READING.match(line.rstrip())
        if match is None:
            season.skipped += 1
        elif match["fault"]:
            season.faults[match["code"], match["fault"]] += 1
        else:
            time = datetime.fromisoformat(match["time"])
            estimated = match["note"] == "estimated"
            season.readings.append(
                Reading(time, match["code"], int(match["level"]), float(match["flow"]), float(match["temp"]), estimated)
            )
    return season


def smoothed(readings: Iterable[Reading], width: int = 3) -> Iterator[tuple[Reading, float]]:
    """Each reading with the mean level of the last `width`."""
    window: deque[int] = deque(maxlen=width)
    for reading in readings:
        window.append(reading.level)
        yield reading, sum(window) / len(window)


def waves(station: Station, readings: Iterable[Reading]) -> Iterator[Wave]:
    current: Wave | None = None
    for reading, mean in smoothed(readings):
        if mean >= station.warn_cm:
            if current is None:
                current = Wave(station.code, reading.time, reading.time, reading.level, reading.time)
            current.end = reading.time
            if reading.level > current.peak:
                current.peak, current.peak_time = reading.level, reading.time
        elif current is not None:
            yield current
            current = None
    if current is not None:
        yield current


def travel(upper: list[Wave], lower: list[Wave]) -> list[timedelta]:
    """How long peaks took from one station to the next."""
    times = []
    for wave in upper:
        following = [w.peak_time - wave.peak_time for w in lower if timedelta(0) <= w.peak_time - wave.peak_time <= timedelta(days=2)]
        if following:
            times.append(min(following))
    return times


def monthly(readings: list[Reading]) -> dict[str, tuple[int, float, int, float]]:
    months: dict[str, list[Reading]] = {}
    for reading in readings:
        months.setdefault(f"{reading.time:%Y-%m}", []).append(reading)
    return {
        month: (
            min(r.level for r in rows),
            statistics.fmean(r.level for r in rows),
            max(r.level for r in rows),
            statistics.fmean(r.temperature for r in rows),
        )
        for month, rows in sorted(months.items())
    }


def bar(value: float, low: float, high: float, width: int = 24) -> str:
    filled = round((value - low) / (high - low) * width) if high > low else 0
    return "█" * filled + "·" * (width - filled)


def report(river: str, stations: list[Station], season: Season) -> None:
    groups = season.by_station()
    found = {s.code: list(waves(s, groups.get(s.code, []))) for s in stations}
    first, last = season.readings[0].time, season.readings[-1].time
    print(f"The {river} from {first:%d %B %Y} to {last:%d %B %Y}: {len(season.readings):,} readings at {len(groups)} gauges")
    for station in stations:
        readings = groups.get(station.code, [])
        print(f"\n{station.name} (km {station.km_from_source}, warning at {station.warn_cm} cm)")
        table = monthly(readings)
        top = max(high for _, _, high, _ in table.values())
        for month, (low, mean, high, temperature) in table.items():
            mark = " !" if high >= station.flood_cm else ""
            print(f"  {month}  {low:>4} … {high:>4} cm  mean {mean:6.1f}  {bar(mean, 0, top)}  {temperature:5.1f} °C{mark}")
        for wave in sorted(found[station.code], key=lambda w: -w.peak)[:3]:
            print(f"  wave of {wave.peak_time:%d %b %H:%M}: {wave.peak} cm, {wave.hours:.0f} h above warning")
    print()
    for upper, lower in zip(stations, stations[1:]):
        times = travel(found[upper.code], found[lower.code])
        if times:
            hours = statistics.median(t / timedelta(hours=1) for t in times)
            print(f"Peaks took {hours:4.1f} h from {upper.name} to {lower.name} ({len(times)} waves)")
    for (code, fault), count in season.faults.most_common(3):
        print(f"Fault at {code}: {fault} ({count} times)")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Report a season of river levels.")
    parser.add_argument("log", type=Path)
    parser.add_argument("--stations", type=Path, help="stations.json beside the log when not given")
    parser.add_argument("--json", action="store_true", help="print the waves as JSON")
    parser.add_argument("--from", dest="since", default="", metavar="MONTH", help="such as 2026-01")
    options = parser.parse_args(arguments)
    described = json.loads((options.stations or options.log.with_name("stations.json")).read_text(encoding="utf-8"))
    stations = sorted((Station(**s) for s in described["stations"]), key=lambda s: s.km_from_source)
    with options.log.open(encoding="utf-8") as lines:
        season = read_log(lines)
    season.readings = [r for r in season.readings if f"{r.time:%Y-%m}" >= options.since]
    if not season.readings:
        print("no readings", file=sys.stderr)
        return 1
    if options.json:
        groups = season.by_station()
        result = [asdict(w) for s in stations for w in waves(s, groups.get(s.code, []))]
        print(json.dumps(result, default=str, indent=2, ensure_ascii=False))
    else:
        report(described["river"], stations, season)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
