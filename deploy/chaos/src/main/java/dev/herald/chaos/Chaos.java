package dev.herald.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Strikes a suite while clients write, has it come to rest, and judges. */
public final class Chaos {

    private static final Duration BEFORE_THE_FIRST_STRIKE = Duration.ofSeconds(3);

    private final Stage stage;
    private final MailWitness mail;
    private final Consumer<String> narrator;
    private final Ledger ledger = new Ledger();

    /**
     * @param stage a suite that has just begun, whose emails all go by the witness
     * @param narrator told what happens, line by line
     */
    public Chaos(Stage stage, MailWitness mail, Consumer<String> narrator) {
        this.stage = stage;
        this.mail = mail;
        this.narrator = narrator;
    }

    /**
     * Begins no strike after the given time, but ends every one.
     *
     * @throws SQLException if the databases cannot be asked in the end
     */
    public Verdict run(long seed, Duration time) throws SQLException, InterruptedException {
        Clients clients = new Clients(new Gateway(stage.gateway()), ledger);
        clients.arrive();
        Instant begin = Instant.now();
        Load load = Load.on(clients);
        List<Blow> blows;
        Instant end;
        try (load) {
            blows = strike(new Schedule(seed), begin.plus(time));
            end = Instant.now();
        }
        narrator.accept("  Everything is to come to rest.");
        reviveWhoeverFell();
        List<String> unfinished = new Settlement(stage).await();
        Evidence evidence = Inquiry.into(stage, mail.accepted(), blows);
        Verdict verdict = Verdict.on(ledger.entries(), evidence, unfinished);
        narrator.accept("");
        verdict.lines().forEach(narrator);
        narrator.accept("");
        new Summary(ledger, evidence, load.notBegun(), ledger.longestSilence(begin, end))
                .lines()
                .forEach(narrator);
        return verdict;
    }

    private List<Blow> strike(Schedule schedule, Instant end) throws InterruptedException {
        List<Blow> blows = new ArrayList<>();
        Thread.sleep(BEFORE_THE_FIRST_STRIKE);
        while (Instant.now().isBefore(end)) {
            Strike strike = schedule.next();
            narrator.accept("  " + strike);
            Instant begin = Instant.now();
            strike.hit(stage);
            blows.add(new Blow(strike, begin, Instant.now()));
            Thread.sleep(strike.calm());
        }
        return blows;
    }

    /** Whoever is down now went down without being struck. */
    private void reviveWhoeverFell() throws InterruptedException {
        List<Victim> fallen = Stream.of(Victim.values())
                .filter(victim -> !stage.isRunning(victim))
                .toList();
        fallen.forEach(victim -> narrator.accept("  %s went down of itself.".formatted(victim.component())));
        stage.start(fallen);
    }
}
