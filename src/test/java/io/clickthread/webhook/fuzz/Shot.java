package io.clickthread.webhook.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One webhook: an intact one, intact messages beside changed ones, an intact ad in another place, or a changed one, each with
 * its own seed, so that one that broke something can be made again.
 *
 * @param target where it goes
 * @param body   its bytes
 * @param intact the click ids that must be captured
 * @param nested the click id that must be captured, or its webhook quarantined; or null
 */
record Shot(Target target, byte[] body, List<String> intact, String nested) {

    static final String NESTED = "nested-";
    private static final int LARGEST = 2_500_000; // the server's limit is 3 MB

    /** Makes the webhook of a number; two runs with one seed send the same, but for the numbers of the persons. */
    static Shot of(long seed, long number, List<Target> targets) {
        Random random = new Random(seed * 1_000_003 + number);
        Target target = targets.get((int) (number % targets.size()));
        String click = "intact-" + number + "-";
        int kind = random.nextInt(10);
        boolean isClick = target.sample().isClick();
        Shot shot = kind == 0 && isClick ? new Shot(target, bytes(target.sample().of(target.key(), click + 0)), List.of(click + 0), null)
                : kind < 4 && isClick && target.sample().list() != null ? beside(target, click, random, targets)
                : kind < 6 && isClick ? nested(target, NESTED + number, random)
                : new Shot(target, changed(target, "changed-" + number, random, targets), List.of(), null);
        return shot.body.length <= LARGEST ? shot
                : new Shot(target, bytes(target.sample().of(target.key(), click + 0)), isClick ? List.of(click + 0) : List.of(), null);
    }

    /** The number of a nested click. */
    static int number(String click) {
        return Integer.parseInt(click.substring(NESTED.length()));
    }

    /** The number of an intact click. */
    static int bit(String click) {
        String[] parts = click.split("-");
        return 2 * Integer.parseInt(parts[1]) + Integer.parseInt(parts[2]);
    }

    private static Shot beside(Target target, String click, Random random, List<Target> targets) {
        Sample sample = target.sample();
        List<JsonNode> messages = new ArrayList<>();
        List<String> intact = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            intact.add(click + i);
            messages.add(sample.json(target.key(), click + i).at(sample.list()).get(0));
        }
        JsonMutator mutator = mutator(target, random, targets);
        for (int i = random.nextInt(3); i >= 0; i--) {
            JsonNode message = sample.json(target.key(), "beside-" + click + i).at(sample.list()).get(0);
            messages.add(mutator.mutate(message, false));
        }
        Collections.shuffle(messages, random);
        JsonNode whole = sample.json(target.key(), "envelope");
        ArrayNode list = (ArrayNode) whole.at(sample.list());
        list.removeAll().addAll(messages);
        return new Shot(target, bytes(mutator.written(whole)), intact, null);
    }

    private static Shot nested(Target target, String click, Random random) {
        Nesting nesting = new Nesting(random);
        Sample sample = target.sample();
        String body = sample.isForm() ? nesting.nestForm(sample.of(target.key(), click), "Referral")
                : nesting.nest(sample.json(target.key(), click)).toString();
        return new Shot(target, bytes(body), List.of(), click);
    }

    private static byte[] changed(Target target, String click, Random random, List<Target> targets) {
        Sample sample = target.sample();
        byte[] changed;
        if (sample.isForm()) {
            String form = sample.of(target.key(), click);
            changed = bytes(random.nextInt(4) == 0 ? form : ByteMutator.mutateForm(form,
                    target.strangers().isEmpty() ? "" : "whatsapp:+" + target.strangers().get(0), random));
        } else {
            boolean others = random.nextInt(20) == 0;
            Sample sent = others ? targets.get(random.nextInt(targets.size())).sample() : sample;
            JsonMutator mutator = mutator(target, random, targets);
            changed = bytes(sent.isForm() || random.nextInt(8) == 0 ? sent.of(target.key(), click)
                    : mutator.written(mutator.mutate(sent.json(target.key(), click), true)));
        }
        return random.nextInt(3) == 0 ? ByteMutator.mutate(changed, random) : changed;
    }

    private static JsonMutator mutator(Target target, Random random, List<Target> targets) {
        return new JsonMutator(random, targets.stream().map(Target::sample).toList(), target.strangers());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
