package dev.herald.local.server;

/** Whether a server is ready, and the reason of the latest failure. */
public final class Readiness {

    private final Probe probe;
    private String obstacle = "it was not checked";

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
