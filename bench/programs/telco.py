"""Telephone bills in decimal arithmetic, after Cowlishaw's benchmark: quantize, multiply, taxes, formatting."""

import random
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal, getcontext, setcontext

from measure import main


def run(size):
    setcontext(Context(prec=28, rounding=ROUND_HALF_EVEN))
    generator = random.Random(7)
    rates = [Decimal("0.0013"), Decimal("0.00894")]
    base_tax, distance_tax = Decimal("0.0675"), Decimal("0.0341")
    cent = Decimal("0.01")
    down = getcontext().copy()
    down.rounding = ROUND_DOWN
    total = total_base = total_distance = Decimal(0)
    cents = 0
    for _ in range(size):
        seconds = generator.randrange(1, 10000)
        distant = seconds & 1
        price = (Decimal(seconds) * rates[distant]).quantize(cent)
        tax = (price * base_tax).quantize(cent, context=down)
        total_base += tax
        bill = price + tax
        if distant:
            extra = (price * distance_tax).quantize(cent, context=down)
            total_distance += extra
            bill += extra
        total += bill
        cents += int(str(bill).replace(".", ""))
    assert total == Decimal(cents).scaleb(-2), (total, cents)
    assert total_base < total * base_tax and total_distance > 0


if __name__ == "__main__":
    main(run, 30000)
