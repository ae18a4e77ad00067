package dev.herald.platform.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of an address, of the size that one subscriber usually has.
 *
 * @param cidr IPv4: {@code 192.0.2.0/24}; IPv6: {@code 2001:db8:0:1::/64}
 */
public record ClientNetwork(String cidr) {

    private static final int IPV6_GROUPS = 4;

    public static ClientNetwork of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new ClientNetwork(
                address instanceof Inet6Address
                        ? ipv6(ByteBuffer.wrap(bytes).asShortBuffer())
                        : "%d.%d.%d.0/24".formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff));
    }

    /** The last group that is not zero is followed by {@code ::}, which stands for the rest. */
    private static String ipv6(ShortBuffer address) {
        List<String> groups = new ArrayList<>();
        for (int group = 0; group < IPV6_GROUPS; group++) {
            groups.add(Integer.toHexString(address.get(group) & 0xffff));
        }
        while (!groups.isEmpty() && groups.getLast().equals("0")) {
            groups.removeLast();
        }
        return String.join(":", groups) + "::/64";
    }

    @Override
    public String toString() {
        return cidr;
    }
}
