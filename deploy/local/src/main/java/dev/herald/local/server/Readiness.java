package dev.herald.local.server;

/** Whether a server does its work by now, and if not, what was in the way at the latest look. */
public final class Readiness {

    private final Probe probe;
    private String obstacle = "nobody has looked";

    public Readiness(Probe probe) {
        this.probe = probe;
    }

    public boolean reached() throws InterruptedException {
        try {
            probe.check();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            obstacle = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return false;
        }
    }

    public String obstacle() {
        return obstacle;
    }
}
