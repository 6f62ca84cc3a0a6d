"""Makes `river_levels.log`: half a year of readings at made-up gauges, by a simple model of rain, run-off and travel time."""

import datetime
import json
import math
import pathlib
import random

here = pathlib.Path(__file__).parent
stations = json.loads((here / "stations.json").read_text(encoding="utf-8"))["stations"]
generator = random.Random(20260401)
start = datetime.datetime(2025, 10, 1, 0, 0)
STEP_HOURS = 4
lines = ["# river levels, made by make_river_levels.py; level in cm, flow in m3/s, water temperature in degrees Celsius"]
rain = 0.0
history = []
for step in range(182 * 24 // STEP_HOURS):
    time = start + datetime.timedelta(hours=STEP_HOURS * step)
    rain = max(0.0, rain * 0.9 + (generator.expovariate(0.2) if generator.random() < 0.04 else 0.0))
    history.append(rain)
    for station in stations:
        delay = station["km_from_source"] // 30
        wet = history[max(0, step - delay)] * (1 + station["km_from_source"] / 150)
        level = station["mean_cm"] + 18 * math.sin(step / 90) + 5 * wet + generator.gauss(0, 2)
        flow = max(0.5, (level / 100) ** 1.7 * station["width_m"] / 4)
        temperature = 9 + 6 * math.cos(step / 1092 * math.pi) + generator.gauss(0, 0.4)
        if generator.random() < 0.004:
            lines.append(f"{time:%Y-%m-%d %H:%M} {station['code']} ERROR {generator.choice(['sensor frozen', 'no signal', 'low battery'])}")
            continue
        note = " # estimated" if generator.random() < 0.01 else ""
        lines.append(f"{time:%Y-%m-%d %H:%M} {station['code']} level={level:.0f}cm flow={flow:.1f} temp={temperature:.1f}{note}")
(here / "river_levels.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
