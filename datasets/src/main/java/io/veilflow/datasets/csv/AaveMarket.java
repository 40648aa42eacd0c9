package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.Institution;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.MarketWindow;
import io.veilflow.datasets.schema.Position;
import io.veilflow.datasets.schema.RiskLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The crash of May 2021 as ten Aave accounts lived through it. Every account was sampled each 5,000 blocks, each at
 * blocks of its own; the sampled blocks of all accounts between the calm of 10 May and the bottom of 20 May are the
 * possible windows, and the wanted number of them is taken at even distances, first and last included.
 *
 * <p>A window holds for each account its latest row that is at most 5,000 blocks old, else an empty slot, as a book on
 * the board counts until it is replaced. The price of an asset is the one in the latest row of any account, because the
 * prices stand only in the rows. The accounts are dealt out to the institutions in the order of their file names.
 *
 * <p>One asset list serves all windows: what the accounts hold in the period, at most the 16 that a job can have. In
 * the period 17 are used; the one of the smallest value is left out.
 */
public final class AaveMarket {
    public static final long FIRST_BLOCK = 12_404_754;
    public static final long LAST_BLOCK = 12_473_195;
    private static final long BLOCKS_BETWEEN_ROWS = 5_000;

    private static final String FOLDER = "aave-v2-positions";
    private static final String SUFFIX = "_details_v2.csv";
    private static final List<String> INSTITUTIONS =
            List.of("aurora-lending", "borealis-bank", "cormorant-credit", "dunlin-trust");
    /** A market of ten accounts, one of which is bad debt from the start: its share of about 22 % is level 0. */
    private static final RiskLimits LIMITS = new RiskLimits(2_500, 5_000, 7_500);

    private final AaveParameters parameters;
    private final List<AaveAccount> accounts;

    private AaveMarket(AaveParameters parameters, List<AaveAccount> accounts) {
        this.parameters = parameters;
        this.accounts = accounts;
    }

    /** @param data the folder of data sets, with the folder {@code aave-v2-positions} in it */
    public static AaveMarket read(Path data) {
        Path folder = data.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            throw new InvalidDatasetException(String.valueOf(data), "has no folder " + FOLDER);
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<AaveAccount> accounts = files.filter(
                            file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .map(AaveAccount::read)
                    .toList();
            if (accounts.size() < INSTITUTIONS.size()) {
                throw new InvalidDatasetException(
                        FOLDER,
                        "has " + accounts.size() + " accounts, at least " + INSTITUTIONS.size() + " are needed");
            }
            return new AaveMarket(AaveParameters.load(), accounts);
        } catch (IOException e) {
            throw new UncheckedIOException(FOLDER + " cannot be listed", e);
        }
    }

    public List<AaveAccount> accounts() {
        return accounts;
    }

    /**
     * The crash in this many windows.
     *
     * @throws InvalidDatasetException for fewer than one or more windows than there are sampled blocks
     */
    public Market market(int windows) {
        List<Long> blocks = sample(windows);
        AaveScale scale = new AaveScale(parameters, assetList());
        List<Institution> institutions = new ArrayList<>();
        for (int i = 0; i < INSTITUTIONS.size(); i++) {
            institutions.add(new Institution(INSTITUTIONS.get(i), dealt(i).size()));
        }
        return new Market(
                scale.assets(),
                institutions,
                LIMITS,
                blocks.stream().map(block -> window(scale, block)).toList());
    }

    /**
     * One row as a market of its own: one window, one slot, the row's own prices and assets. For comparing the rule
     * with the health factor that stands in the row.
     */
    public Market ofRow(AaveAccount.Row row) {
        NavigableSet<String> symbols = new TreeSet<>(row.collateral().keySet());
        symbols.addAll(row.debt().keySet());
        if (symbols.isEmpty()) {
            symbols.add(row.prices().keySet().iterator().next());
        }
        AaveScale scale = new AaveScale(parameters, List.copyOf(symbols));
        List<BigInteger> prices = symbols.stream()
                .map(symbol -> AaveScale.price(symbol, row.prices().get(symbol)))
                .toList();
        Book book = new Book(List.of(scale.position(row)));
        return new Market(
                scale.assets(),
                List.of(new Institution(INSTITUTIONS.get(0), 1)),
                LIMITS,
                List.of(new MarketWindow(Long.toString(row.block()), prices, List.of(book))));
    }

    private MarketWindow window(AaveScale scale, long block) {
        List<BigInteger> prices = scale.assets().stream()
                .map(asset -> AaveScale.price(asset.symbol(), latestPrice(asset.symbol(), block)))
                .toList();
        List<Book> books = new ArrayList<>();
        for (int i = 0; i < INSTITUTIONS.size(); i++) {
            books.add(new Book(dealt(i).stream()
                    .map(account -> account.at(block, BLOCKS_BETWEEN_ROWS)
                            .map(scale::position)
                            .orElseGet(() -> Position.empty(scale.assets().size())))
                    .toList()));
        }
        return new MarketWindow(Long.toString(block), prices, books);
    }

    private List<AaveAccount> dealt(int institution) {
        List<AaveAccount> dealt = new ArrayList<>();
        for (int i = institution; i < accounts.size(); i += INSTITUTIONS.size()) {
            dealt.add(accounts.get(i));
        }
        return dealt;
    }

    private List<Long> sample(int windows) {
        NavigableSet<Long> all = new TreeSet<>();
        rowsOfPeriod().filter(row -> row.block() >= FIRST_BLOCK).forEach(row -> all.add(row.block()));
        List<Long> blocks = List.copyOf(all);
        if (windows < 1 || windows > blocks.size()) {
            throw new InvalidDatasetException("windows", "1 to " + blocks.size() + " can be sampled");
        }
        List<Long> sampled = new ArrayList<>(windows);
        for (int i = 0; i < windows; i++) {
            sampled.add(blocks.get(windows == 1 ? 0 : (int) ((long) i * (blocks.size() - 1) / (windows - 1))));
        }
        return sampled;
    }

    private BigDecimal latestPrice(String symbol, long block) {
        return accounts.stream()
                .flatMap(account -> account.rows().stream())
                .filter(row -> row.block() <= block && row.prices().containsKey(symbol))
                .max(Comparator.comparingLong(AaveAccount.Row::block))
                .map(row -> row.prices().get(symbol))
                .orElseThrow(() -> new InvalidDatasetException("block " + block, "no price of " + symbol));
    }

    private List<String> assetList() {
        Map<String, BigDecimal> largest = new TreeMap<>();
        rowsOfPeriod().forEach(row -> {
            merge(largest, row, row.collateral());
            merge(largest, row, row.debt());
        });
        Map<String, BigDecimal> byValue = new HashMap<>(largest);
        return byValue.keySet().stream()
                .sorted(Comparator.comparing((String symbol) -> byValue.get(symbol))
                        .reversed())
                .limit(Market.ASSETS_MAX)
                .sorted()
                .toList();
    }

    private void merge(Map<String, BigDecimal> largest, AaveAccount.Row row, Map<String, BigInteger> amounts) {
        amounts.forEach((symbol, units) -> {
            int decimals = parameters.reserve(symbol, "asset list").tokenDecimals();
            BigDecimal value =
                    new BigDecimal(units, decimals).multiply(row.prices().get(symbol));
            largest.merge(symbol, value, BigDecimal::max);
        });
    }

    /** Rows that can count in a window of the period. */
    private Stream<AaveAccount.Row> rowsOfPeriod() {
        return accounts.stream()
                .flatMap(account -> account.rows().stream())
                .filter(row -> row.block() >= FIRST_BLOCK - BLOCKS_BETWEEN_ROWS && row.block() <= LAST_BLOCK);
    }
}
