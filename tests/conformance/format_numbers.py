# Format specifications for numbers.
n, x = 1234567, 1234.56789
print(f"[{n:d}] [{n:10d}] [{n:<10}] [{n:^11}] [{n:>10}] [{n:010d}] [{n:,}] [{n:_}]")
print(f"[{n:+d}] [{-n:d}] [{n: d}] [{n:b}] [{255:x}] [{255:X}] [{255:#x}] [{8:o}] [{5:#b}] [{65:c}]")
print(f"[{x:.2f}] [{x:10.1f}] [{x:<10.1f}] [{x:,.2f}] [{x:.0f}] [{x:+.3f}] [{-x:08.1f}] [{x:e}] [{x:.2e}]")
print(f"[{x:g}] [{x:.3g}] [{0.00001:g}] [{1e10:g}] [{0.256:.1%}] [{1:.0%}] [{2.0:g}] [{x:f}]")
print(f"[{x}] [{1.0}] [{3:.2f}] [{True}] [{True:d}] [{2.5:5}] [{10:*^8}] [{-3:=+6d}]")
print(f"[{2**70:,}] [{float('inf'):f}] [{float('nan'):.1f}] [{1e16:,.0f}] [{0.5:.0f}] [{1.5:.0f}]")
print(format(3.14159, ".3f"), format(42, "05"), format(42), f"{0:.1f}", f"{-0.04:.1f}")
for code in (-1, 0x110000, 2**63 - 1, 2**63, -(2**63) - 1):
    try:
        print(format(code, "c"))
    except OverflowError as error:
        print(code, error)
