package dev.herald.local.settings;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.stream.Stream;

/** The address that all processes of a suite listen on. */
record BindAddress(String address) {

    static final String VARIABLE = "HERALD_BIND_ADDRESS";

    private static final String ALL = "0.0.0.0";

    /** Whether the processes listen on all addresses of this machine. */
    boolean isAll() {
        return address.equals(ALL);
    }

    /** The address at which other processes on this machine reach the suite. */
    String host() {
        return isAll() ? Settings.LOOPBACK : address;
    }

    /** The addresses from which one process of the suite calls another. */
    Stream<String> callers() {
        if (!isAll()) {
            return Stream.of(address);
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    void requireOfThisMachine() {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || !isOfThisMachine()) {
            throw new BadSetting(VARIABLE, address, "an IPv4 address of this machine, or 0.0.0.0 for all of them");
        }
    }

    private boolean isOfThisMachine() {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed.isAnyLocalAddress()
                    || parsed.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(parsed) != null;
        } catch (IllegalArgumentException | SocketException e) {
            return false;
        }
    }
}
