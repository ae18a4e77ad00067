package dev.herald.local;

/** Whether a server does its work by now, and if not, what was in the way at the latest look. */
final class Readiness {

    private final Probe probe;
    private String obstacle = "nobody has looked";

    Readiness(Probe probe) {
        this.probe = probe;
    }

    boolean reached() throws InterruptedException {
        try {
            probe.look();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            obstacle = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return false;
        }
    }

    String obstacle() {
        return obstacle;
    }
}
