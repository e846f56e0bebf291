package tongguan.fleet;

/** What is entered of a SIM. */
public record NewSim(Iccid iccid, Imsi imsi, Msisdn msisdn, ApnAddress address, String unit) {}
