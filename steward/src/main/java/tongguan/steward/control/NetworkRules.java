package tongguan.steward.control;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What may pass while the device is locked: loopback, the platform's addresses and ports, and, as
 * the site says, DHCP and the named resolvers; with what IPv6 needs to find its neighbours, and the
 * errors (a path's smaller packets) that belong to connections of ours.
 */
public record NetworkRules(
    List<InetSocketAddress> platform, boolean dhcp, List<InetAddress> resolvers) {
  static final String TABLE = "inet tongguan_steward";

  /** Nothing but loopback and DHCP: a device that knows no platform yet. */
  public static final NetworkRules NOWHERE = new NetworkRules(List.of(), true, List.of());

  public NetworkRules {
    platform = platform.stream().filter(place -> !place.isUnresolved()).toList();
    resolvers = List.copyOf(resolvers);
  }

  /**
   * The whole table as one transaction: the kernel has either the old one or the new one. The set
   * {@code granted} opens everything for as long as its elements live, and the kernel takes them
   * out by itself, so that an unlocked device whose steward dies is shut when the lease ends.
   */
  String table(Duration grant) {
    return """
    table %1$s
    delete table %1$s
    table %1$s {
      set granted { typeof meta nfproto; flags timeout; }
      set platform4 { type ipv4_addr . inet_service; %2$s }
      set platform6 { type ipv6_addr . inet_service; %3$s }
      set resolver4 { type ipv4_addr; %4$s }
      set resolver6 { type ipv6_addr; %5$s }
      chain output {
        type filter hook output priority -10; policy drop;
        oifname "lo" accept
        meta nfproto @granted accept
        ip daddr . tcp dport @platform4 accept
        ip6 daddr . tcp dport @platform6 accept
        ip daddr @resolver4 meta l4proto { tcp, udp } th dport 53 accept
        ip6 daddr @resolver6 meta l4proto { tcp, udp } th dport 53 accept
        icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept
        %6$s
      }
      chain input {
        type filter hook input priority -10; policy drop;
        iifname "lo" accept
        meta nfproto @granted accept
        ip saddr . tcp sport @platform4 ct state established accept
        ip6 saddr . tcp sport @platform6 ct state established accept
        ip saddr @resolver4 meta l4proto { tcp, udp } th sport 53 ct state established accept
        ip6 saddr @resolver6 meta l4proto { tcp, udp } th sport 53 ct state established accept
        icmpv6 type { nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
        meta l4proto { icmp, ipv6-icmp } ct state related accept
        %7$s
      }
      chain forward {
        type filter hook forward priority -10; policy drop;
        meta nfproto @granted accept
      }
    }
    %8$s
    """
        .formatted(
            TABLE,
            places(true),
            places(false),
            hosts(true),
            hosts(false),
            dhcp ? "udp sport 68 udp dport 67 accept\n    udp sport 546 udp dport 547 accept" : "",
            dhcp ? "udp sport 67 udp dport 68 accept\n    udp sport 547 udp dport 546 accept" : "",
            grant.isZero() ? "" : granted(grant));
  }

  /** Takes the grant out and puts it in anew, in one transaction; a timeout cannot be raised. */
  static String renewal(Duration grant) {
    return "flush set " + TABLE + " granted\n" + granted(grant);
  }

  private static String granted(Duration grant) {
    return "add element %1$s granted { ipv4 timeout %2$ds, ipv6 timeout %2$ds }\n"
        .formatted(TABLE, Math.max(1, grant.toSeconds()));
  }

  private String places(boolean four) {
    return elements(
        platform.stream()
            .filter(place -> place.getAddress() instanceof Inet4Address == four)
            .map(place -> place.getAddress().getHostAddress() + " . " + place.getPort())
            .toList());
  }

  private String hosts(boolean four) {
    return elements(
        resolvers.stream()
            .filter(host -> host instanceof Inet4Address == four)
            .map(InetAddress::getHostAddress)
            .toList());
  }

  private static String elements(Collection<String> elements) {
    return elements.isEmpty()
        ? ""
        : elements.stream()
            .map(NetworkRules::withoutZone)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", ", "elements = { ", " }"));
  }

  /** fe80::1%eth0 is no address to nftables. */
  private static String withoutZone(String address) {
    return address.replaceFirst("%[^ ]*", "");
  }
}
