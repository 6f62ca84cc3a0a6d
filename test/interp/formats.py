class Whole(int): pass
class Real(float): pass
def tried(value, spec):
    try: return format(value, spec)
    except Exception as e: return f"{type(e).__name__}: {e}"
SPECS = ["", "5", "<8", "^8", "=8", "08", "+", " ", "#x", "_b", ",", "_", ".2", ".3f", "+.1e", "12,.2f", "g", ".0f", ".1%", "c", "n", "s", "x<6",
         "\U0001f600^7", "*>#12X", "z.1f", ".", ".,f", "1_,", "dd", "q", "\U0001f600", "99999999999999999999", "08,", "<08"]
for value in (0, -5, 1234567, 2**70, True, Whole(7), 2.5, -0.04, 1e300, Real(1.5), float("-inf"), "text", 1 + 2j):
    print(type(value).__name__, [tried(value, spec) for spec in SPECS])
# Ties, and what only looks like one.
for x in (0.5, 1.5, 2.5, 0.125, 0.375, 2.675, 1.005, 0.045, 1e15 + 0.5, 4503599627370497.5, 9.5, 95.0, 0.95, 1e21, 123456789012345680.0, 5e-324, 0.0):
    print(x, [f"{x:.{p}f}" for p in range(4)], [f"{x:.{p}e}" for p in range(4)], [f"{x:.{p}g}" for p in (1, 2, 3, 14, 15, 17)], f"{x:.25f}")
