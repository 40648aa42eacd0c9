package io.veilflow.datasets.generate;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.FixedPoint;
import io.veilflow.datasets.schema.Institution;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.MarketWindow;
import io.veilflow.datasets.schema.Position;
import io.veilflow.datasets.schema.RiskLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * A market of three assets and four institutions through a crash and its recovery. Prices stand, fall to 58 %, come
 * back and stay; the positions' distances to liquidation are spread evenly, so that the share of debt at risk follows
 * the price whatever the seed and the number of positions: level 0, up to 2 or 3 at the bottom, back to 0. Every position
 * changes a little from window to window.
 */
public final class MarketGenerator {
    private static final List<Asset> ASSETS =
            List.of(new Asset("WETH", 8, 8250), new Asset("WBTC", 8, 7500), new Asset("USDC", 6, 8500));
    private static final int WETH = 0;
    private static final int WBTC = 1;
    private static final int USDC = 2;
    private static final double[] OPENING_PRICES = {3_400, 58_000, 1};
    private static final List<String> INSTITUTIONS =
            List.of("aurora-lending", "borealis-bank", "cormorant-credit", "dunlin-trust");
    private static final RiskLimits LIMITS = new RiskLimits(1_000, 2_500, 5_000);

    /** Price of the volatile assets over the run, by equal stretches of time. */
    private static final double[] COURSE = {1.00, 0.79, 0.58, 0.80, 0.97, 1.00};
    /** Covered debt per debt before the crash, of the first and the last position. */
    private static final double HEALTH_MIN = 1.12;

    private static final double HEALTH_MAX = 2.10;

    private final RandomGenerator random;

    public MarketGenerator(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /**
     * @param positions slots in all, dealt out to the four institutions as evenly as possible
     * @throws InvalidDatasetException for fewer windows than one or fewer positions than institutions
     */
    public Market market(int windows, int positions) {
        if (windows < 1) {
            throw new InvalidDatasetException("windows", "at least 1");
        }
        if (positions < INSTITUTIONS.size()) {
            throw new InvalidDatasetException("positions", "at least one for each of the four institutions");
        }
        List<Institution> institutions = IntStream.range(0, INSTITUTIONS.size())
                .mapToObj(i -> new Institution(INSTITUTIONS.get(i), slotsOf(i, positions)))
                .toList();
        double[][] opening = openings(positions);
        List<MarketWindow> course = new ArrayList<>(windows);
        for (int w = 0; w < windows; w++) {
            double fall = fall(w, windows);
            List<BigInteger> prices = prices(fall);
            List<Book> books = new ArrayList<>();
            int next = 0;
            for (Institution institution : institutions) {
                double[][] own = Arrays.copyOfRange(opening, next, next + institution.slots());
                next += institution.slots();
                books.add(new Book(Arrays.stream(own).map(this::position).toList()));
            }
            course.add(new MarketWindow(Integer.toString(w), prices, books));
        }
        return new Market(ASSETS, institutions, LIMITS, course);
    }

    private static int slotsOf(int institution, int positions) {
        int share = positions / INSTITUTIONS.size();
        return institution < positions % INSTITUTIONS.size() ? share + 1 : share;
    }

    /** The factor on the volatile prices in a window: the course, read in straight lines between its points. */
    private static double fall(int window, int windows) {
        double place = windows == 1 ? 0 : (double) window * (COURSE.length - 1) / (windows - 1);
        int before = Math.min((int) place, COURSE.length - 2);
        return COURSE[before] + (place - before) * (COURSE[before + 1] - COURSE[before]);
    }

    private List<BigInteger> prices(double fall) {
        List<BigInteger> prices = new ArrayList<>();
        for (int asset = 0; asset < ASSETS.size(); asset++) {
            double noise = 1 + random.nextDouble(-0.002, 0.002);
            double price = OPENING_PRICES[asset] * (asset == USDC ? 1 : fall) * noise;
            BigDecimal dollars = new BigDecimal(price, MathContext.DECIMAL64);
            prices.add(FixedPoint.price(ASSETS.get(asset).symbol()).encode(dollars, RoundingMode.HALF_EVEN));
        }
        return prices;
    }

    /** For each position: its debt in dollars, the share of WETH in its collateral, its health before the crash. */
    private double[][] openings(int positions) {
        double[][] openings = new double[positions][];
        for (int i = 0; i < positions; i++) {
            double rank = positions == 1 ? 0 : (double) i / (positions - 1);
            openings[i] = new double[] {
                random.nextDouble(400_000, 600_000), random.nextDouble(), HEALTH_MIN + rank * (HEALTH_MAX - HEALTH_MIN)
            };
        }
        for (int i = positions - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double[] swapped = openings[i];
            openings[i] = openings[other];
            openings[other] = swapped;
        }
        return openings;
    }

    /** Collateral in both volatile assets, debt in dollars; amounts at opening prices, moved by up to 0.5 %. */
    private Position position(double[] opening) {
        double debt = opening[0];
        double covered = debt * opening[2];
        double[] collateral = new double[ASSETS.size()];
        collateral[WETH] = covered * opening[1] / threshold(WETH) / OPENING_PRICES[WETH];
        collateral[WBTC] = covered * (1 - opening[1]) / threshold(WBTC) / OPENING_PRICES[WBTC];
        double[] owed = new double[ASSETS.size()];
        owed[USDC] = debt;
        return new Position(amounts(collateral), amounts(owed));
    }

    private static double threshold(int asset) {
        return (double) ASSETS.get(asset).liquidationThreshold() / FixedPoint.BASIS_POINTS_PER_UNIT;
    }

    private List<BigInteger> amounts(double[] units) {
        List<BigInteger> amounts = new ArrayList<>();
        for (int asset = 0; asset < units.length; asset++) {
            double moved = units[asset] * (1 + random.nextDouble(-0.005, 0.005));
            amounts.add(FixedPoint.amount(ASSETS.get(asset))
                    .encode(new BigDecimal(moved, MathContext.DECIMAL64), RoundingMode.HALF_EVEN));
        }
        return amounts;
    }
}
