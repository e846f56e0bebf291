package tongguan.clearance.work;

import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.identity.Session;

/**
 * The officer whose work it is.
 *
 * @param office what the offices of the own unit begin with; empty for headquarters, whose are all
 * @param acts whether the officer may take a declaration on its way
 * @param approves whether the officer may lift what bars it
 */
record Worker(UUID account, Sight sight, String office, boolean acts, boolean approves) {

  static Worker of(Officer officer) {
    Session session = officer.session();
    return new Worker(
        session.account(),
        officer.sight(Permissions.CLEARANCE_READ),
        office(session),
        officer.may(Permissions.CLEARANCE_ACT),
        officer.may(Permissions.CLEARANCE_APPROVE));
  }

  /**
   * A district's letter, or the two letters of an office in it; sections below see their district.
   */
  private static String office(Session session) {
    String district = session.district();
    if (district == null) {
      return "";
    }
    return session.unit().matches(district + "[A-Z]") ? session.unit() : district;
  }
}
