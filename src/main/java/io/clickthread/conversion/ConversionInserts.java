package io.clickthread.conversion;

import java.util.List;
import org.springframework.stereotype.Component;

/** The steps between the statements that store conversions. */
@Component("conversionInserts")
public class ConversionInserts {

    /**
     * Begins.
     *
     * @param conversions one, or a list of them
     * @return what is to be stored
     */
    @SuppressWarnings("unchecked")
    public Insertions begin(Object conversions) {
        return new Insertions(conversions instanceof List<?> many ? (List<NewConversion>) many : List.of((NewConversion) conversions));
    }

    /**
     * What goes into the next round.
     *
     * @param insertions that are open
     * @return rows of {@code accept-conversions.sql}
     */
    public List<NewConversion> rows(Insertions insertions) {
        return insertions.rows();
    }

    /**
     * Takes what the database answered.
     *
     * @param insertions whose round it was
     * @param answers    of {@code accept-conversions.sql}, for each row, in their order
     * @return rows of {@code compare-repetitions.sql}: those in whose way something stands, none mostly
     */
    public List<NewConversion> inserted(Insertions insertions, List<?> answers) {
        return insertions.inserted(answers);
    }

    /**
     * Takes what stands in the way.
     *
     * @param insertions whose round it was
     * @param answers    of {@code compare-repetitions.sql}, for each row, in their order; null where nothing stands any more
     * @return the same insertions
     */
    public Insertions compared(Insertions insertions, List<?> answers) {
        insertions.compared(answers);
        return insertions;
    }

    /**
     * What became of all.
     *
     * @param insertions that are not open any more
     * @return for each conversion, in their order
     */
    public List<Insertion> results(Insertions insertions) {
        return insertions.results();
    }
}
