package io.veilflow.pipeline.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final int RATE = 40;
    private static final int SECONDS = 60;
    private final Timetable timetable =
            new Timetable(new LoadRequest(RATE, SECONDS, 20, 30, 1, Optional.empty(), Path.of("keys")));

    @Test
    void theWellBehavedShareTheRateEvenly() {
        int[] submissions = new int[20];
        all().forEach(due -> submissions[due.contributor()]++);
        for (int contributor = Conduct.WELL.ordinal(); contributor < submissions.length; contributor++) {
            assertEquals(RATE * SECONDS / 16, submissions[contributor]);
        }
    }

    @Test
    void eachOfTheOthersIsBadInItsOwnWay() {
        List<Timetable.Due> due = all();
        assertEquals(6, of(due, Conduct.SLOW).size());
        assertEquals(List.of(), of(due, Conduct.SILENT));
        assertEquals(2, of(due, Conduct.MEGABYTES).size());
        List<Timetable.Due> flood = of(due, Conduct.FLOODING);
        assertEquals(8 * RATE, flood.size());
        assertTrue(flood.stream().allMatch(one -> one.dueMillis() == SECONDS / 3 * 1_000));
    }

    @Test
    void whatIsDueIsInOrder() {
        List<Long> times = all().stream().map(Timetable.Due::dueMillis).toList();
        assertEquals(times.stream().sorted().toList(), times);
    }

    private List<Timetable.Due> all() {
        List<Timetable.Due> due = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            due.addAll(timetable.second(second));
        }
        return due;
    }

    private static List<Timetable.Due> of(List<Timetable.Due> due, Conduct conduct) {
        return due.stream()
                .filter(one -> Conduct.of(one.contributor()) == conduct)
                .toList();
    }
}
