package io.veilflow.datasets.schema;

/** Shares of debt value at risk, in basis points, above which a market has level 1, 2 and 3. They ascend. */
public record RiskLimits(int first, int second, int third) {
    public RiskLimits {
        if (first < 1 || second <= first || third <= second || third > FixedPoint.BASIS_POINTS_PER_UNIT) {
            throw new InvalidDatasetException("risk limits", "three ascending shares of 1 to 10000 basis points");
        }
    }
}
