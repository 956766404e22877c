# Averages and spreads.
import statistics as st

whole = [2, 4, 4, 4, 5, 5, 7, 9]
print(st.mean(whole), st.mean([1, 2]), st.mean([1.5, 2.5, 3.5]), st.fmean([1, 2, 4]), st.fmean([1, 2], [3, 1]))
print(st.median(whole), st.median([3, 1, 2]), st.median_low([1, 2, 3, 4]), st.median_high([1, 2, 3, 4]))
print(st.pstdev(whole), st.pvariance(whole), st.stdev(whole), st.variance([1, 2, 3, 4]))
print(st.mode(["x", "y", "x"]), st.multimode("aabbc"), st.quantiles([1, 2, 3, 4, 5]), st.quantiles(range(1, 9), n=3, method="inclusive"))
print(st.harmonic_mean([40, 60]), st.mean(n for n in range(5)), round(st.stdev([1.5, 2.5, 4.0]), 6))
for wrong in (lambda: st.mean([]), lambda: st.stdev([1]), lambda: st.median([]), lambda: st.mode([])):
    try:
        wrong()
    except st.StatisticsError as error:
        print(error, isinstance(error, ValueError))
