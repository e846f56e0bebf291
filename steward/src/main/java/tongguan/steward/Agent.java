package tongguan.steward;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.Json;
import tongguan.steward.base.Limits;
import tongguan.steward.base.SysTree;
import tongguan.steward.base.Uptime;
import tongguan.steward.command.AnswerDelivery;
import tongguan.steward.command.Command;
import tongguan.steward.command.CommandLog;
import tongguan.steward.command.CommandStream;
import tongguan.steward.command.Commands;
import tongguan.steward.control.Controls;
import tongguan.steward.control.NetworkControl;
import tongguan.steward.control.Policy;
import tongguan.steward.desk.DesktopNote;
import tongguan.steward.desk.Logind;
import tongguan.steward.desk.Modem;
import tongguan.steward.enrol.Enrolment;
import tongguan.steward.enrol.Identity;
import tongguan.steward.enrol.IdentityFile;
import tongguan.steward.gateway.Attestation;
import tongguan.steward.gateway.Gateway;
import tongguan.steward.gateway.Upstream;
import tongguan.steward.guard.DeviceLock;
import tongguan.steward.guard.PlatformTime;
import tongguan.steward.guard.Silence;
import tongguan.steward.report.Diagnostics;
import tongguan.steward.report.FileList;
import tongguan.steward.report.Heartbeat;
import tongguan.steward.report.Integrity;
import tongguan.steward.report.Machine;
import tongguan.steward.store.Vault;
import tongguan.steward.store.Wipe;

/** The running steward: puts the rooms together and keeps them going. */
final class Agent
    implements Closeable, CommandStream.Listener, DeviceLock.Observer, Logind.Listener {
  private static final Logger LOG = System.getLogger("steward");
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_A_MINUTE = 60;

  private final Settings settings;
  private final Clock clock;
  private final String version;
  private final SysTree tree;
  private final Places places;
  private final DeviceLock lock;
  private final PlatformTime time;
  private final IdentityFile identityFile;
  private final Machine machine;
  private final Integrity integrity;
  private final Silence silence;
  private final Logind logind;
  private final Wipe wipe;
  private final CommandLog log;
  private final Commands commands;
  private final AnswerDelivery answers;
  private final Modem modem;
  private final Heartbeat heartbeat;
  private final Enrolment enrolment;
  private final Gateway gateway;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore answerWaits = new Semaphore(0);
  private final Semaphore heartbeatWaits = new Semaphore(0);
  private volatile @Nullable Identity identity;
  private volatile Duration heartbeatEvery = Limits.HEARTBEAT;
  private volatile Modem.Reading modemReading = Modem.Reading.NOTHING;

  /**
   * Everything is locked before anything else is done, the reading of the device's own files
   * included.
   */
  Agent(
      Settings settings,
      Clock clock,
      Uptime uptime,
      String version,
      Optional<Path> installed,
      List<String> self)
      throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.version = version;
    Path state = settings.state();
    tree = new SysTree(settings.root());
    places = new Places(settings, tree);
    DurableFile policyFile = policyFile(state);
    lock = new DeviceLock(controls(settings, places, tree), uptime, settings.lease());
    lock.lock("start");

    DurableFile.createFolder(state);
    integrity = new Integrity(installed.map(FileList::new));
    integrity.check();
    time = new PlatformTime(uptime);
    silence = new Silence(state, clock, uptime);
    identityFile = new IdentityFile(state);
    Vault vault = new Vault(state);
    log = new CommandLog(state);
    wipe =
        new Wipe(
            state,
            vault,
            settings.wipeFolders(),
            List.of(identityFile.file(), log.file(), silence.file(), policyFile, places.file()),
            _ -> {});
    machine = new Machine(tree);
    logind = new Logind(settings.systemBus(), this);
    Obedience obedience =
        new Obedience(
            lock,
            wipe,
            vault,
            logind,
            new DesktopNote(self, tree),
            new Diagnostics(version, state, tree, uptime),
            silence,
            integrity,
            policyFile,
            clock);
    commands =
        new Commands(
            () -> enrolled().device(), () -> enrolled().commandKey(), log, time, obedience);
    answers = new AnswerDelivery(log, wipe);
    modem = new Modem(settings.systemBus());
    heartbeat = new Heartbeat(version, machine, () -> modemReading);
    enrolment = new Enrolment(version);
    lock.objectIf(integrity::mismatch);
    lock.objectIf(() -> wipe.isBegun() ? Optional.of("wiped") : Optional.empty());
    lock.observe(this);
    gateway = new Gateway(settings.port(), new Upstream(this::way, this::attestation));
  }

  /** Those of this machine, with the policy that was last heard. */
  static Controls controls(Settings settings, Places places, SysTree tree) {
    NetworkControl network = new NetworkControl(settings.nft(), places::rules, settings.lease());
    return new Controls(
        Controls.of(network, tree, settings.keptUsb()), policy(policyFile(settings.state())));
  }

  private static DurableFile policyFile(Path state) {
    return new DurableFile(state.resolve("policy.json"));
  }

  private static Policy policy(DurableFile file) {
    try {
      Optional<String> text = file.readText();
      return text.isPresent() ? Policy.parse(text.get()) : Policy.ALL_SHUT;
    } catch (IOException | Json.Malformed damaged) {
      return Policy.ALL_SHUT;
    }
  }

  /** Returns when the steward is to begin anew with another identity, or was closed. */
  void run() throws IOException, InterruptedException {
    wipe.resume();
    log.reviveUnfinished();
    identity = identityFile.read().orElse(null);
    LOG.log(
        Level.INFO,
        "steward {0} on http://127.0.0.1:{1}, {2}",
        version,
        Integer.toString(gateway.port()),
        identity == null ? "not enrolled" : "enrolled");
    start("look", this::lookOn);
    start("desk", this::attendDesk);
    start("integrity", this::checkOn);
    if (identity != null) {
      start("stream", this::holdOn);
      start("heartbeat", this::reportOn);
      start("answers", this::answerOn);
    }
    ended.await();
  }

  int port() {
    return gateway.port();
  }

  private interface Work {
    void untilEnded() throws InterruptedException;
  }

  private static void start(String name, Work work) {
    Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            work.untilEnded();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private boolean endsWithin(Duration wait) throws InterruptedException {
    return ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Identity enrolled() {
    Identity now = identity;
    if (now == null) {
      throw new IllegalStateException("not enrolled");
    }
    return now;
  }

  /** Each second: what has run out, what was plugged in, what an enrolment has changed. */
  private void lookOn() throws InterruptedException {
    for (int looks = 0; !endsWithin(LOOK); looks++) {
      try {
        lock.look();
        if (enrolledAnew()) {
          LOG.log(Level.INFO, "a new enrolment: beginning anew");
          ended.countDown();
        }
        if (looks % LOOKS_A_MINUTE == 0) {
          obeySilence();
        }
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.ERROR, "looking on failed", e);
      }
    }
  }

  /**
   * The file names another device or has become one, by the verb {@code enrol} in its own process.
   */
  private boolean enrolledAnew() throws IOException {
    Identity now = identity;
    if (now == null || wipe.isOver()) {
      return identityFile.file().exists() && !wipe.isBegun();
    }
    return identityFile.read().filter(file -> !file.chain().equals(now.chain())).isPresent();
  }

  private void obeySilence() throws IOException {
    if (identity == null || wipe.isOver()) {
      return;
    }
    switch (silence.look()) {
      case Silence.Verdict.Fine() -> {}
      case Silence.Verdict.Lock(String why) -> lock.lock(why);
      case Silence.Verdict.Wipe(String why) -> {
        lock.lock(why);
        if (!wipe.isBegun()) {
          LOG.log(Level.WARNING, "wiping: {0}", why);
          wipe.begin(0);
        }
        wipe.resume();
      }
    }
  }

  private void attendDesk() throws InterruptedException {
    for (int round = 0; !endsWithin(Duration.ofSeconds(round == 0 ? 0 : 10)); round++) {
      logind.attend();
      lockIdle();
      if (round % 6 == 0) {
        modemReading = modem.read(lock.policy().position().orElse(settings.position()));
      }
    }
  }

  /** A desktop that nobody uses does not always lock by itself. */
  private void lockIdle() {
    long allowed = lock.policy().idleSeconds();
    if (allowed > 0
        && !lock.isLocked()
        && logind.idleSince().filter(since -> isLongerAgo(since, allowed)).isPresent()) {
      lock.lock("idle");
    }
  }

  private boolean isLongerAgo(Instant since, long seconds) {
    return Duration.between(since, clock.instant()).toSeconds() >= seconds;
  }

  private void checkOn() throws InterruptedException {
    while (!endsWithin(Limits.TAMPER_CHECK)) {
      integrity.check();
    }
  }

  /**
   * Holds the stream, and comes back after a pause that grows and is a little different each time.
   */
  private void holdOn() throws InterruptedException {
    CommandStream stream = new CommandStream(this);
    Backoff backoff = new Backoff();
    do {
      Identity now = enrolled();
      places.refresh(List.of(now.platform(), now.stream()));
      try {
        stream.hold(now);
        backoff.succeeded();
      } catch (IOException | Json.Malformed | RuntimeException e) {
        LOG.log(Level.INFO, "stream: {0}", String.valueOf(e.getMessage()));
      }
      if (heardSinceLastTry) {
        backoff.succeeded();
        heardSinceLastTry = false;
      }
    } while (!wipe.isOver() && !endsWithin(backoff.next()));
  }

  private volatile boolean heardSinceLastTry;

  private void reportOn() throws InterruptedException {
    Backoff backoff = new Backoff();
    while (ended.getCount() > 0 && !wipe.isOver()) {
      Duration wait;
      try {
        renewInTime();
        Heartbeat.Answer answer = heartbeat.send(enrolled(), standing());
        heard();
        time.heard(answer.time());
        heartbeatEvery = answer.next();
        backoff.succeeded();
        wait = heartbeatEvery;
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.INFO, "heartbeat: {0}", String.valueOf(e.getMessage()));
        wait = backoff.next();
      }
      if (heartbeatWaits.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        heartbeatWaits.drainPermits();
      }
    }
  }

  /** The number first: what is locked then is so after that order, not before it. */
  private Heartbeat.Standing standing() {
    return new Heartbeat.Standing(
        log.carriedOut(),
        lock.isLocked(),
        lock.isLapsed(),
        integrity.mismatch().isPresent(),
        lock.policy().revision(),
        lock.states());
  }

  private void renewInTime() throws IOException {
    Instant now = time.now().orElse(clock.instant());
    Identity held = enrolled();
    if (wipe.isBegun() || !held.isToBeRenewed(now)) {
      return;
    }
    switch (enrolment.renew(held)) {
      case Enrolment.Outcome.Enrolled(Identity renewed) -> {
        // In memory first: the look each second compares the file with it.
        identity = renewed;
        identityFile.write(renewed);
        LOG.log(Level.INFO, "the certificate was renewed");
      }
      case Enrolment.Outcome.Refused(int status) ->
          LOG.log(Level.WARNING, "the certificate was not renewed: {0}", status);
      case Enrolment.Outcome.Failed(String why) ->
          LOG.log(Level.WARNING, "the certificate was not renewed: {0}", why);
    }
  }

  private void answerOn() throws InterruptedException {
    Backoff backoff = new Backoff();
    while (ended.getCount() > 0 && !wipe.isOver()) {
      Duration wait = Limits.BACKOFF_LAST;
      try {
        if (answers.hasWork()) {
          answers.deliver(enrolled());
          backoff.succeeded();
        }
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.INFO, "answer: {0}", String.valueOf(e.getMessage()));
        wait = backoff.next();
      }
      if (answerWaits.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        answerWaits.drainPermits();
      }
    }
  }

  private void heard() {
    lock.contact();
    silence.contact();
    heardSinceLastTry = true;
  }

  @Override
  public void hello(Instant at, long heartbeatSeconds, long lockHours, long wipeDays)
      throws IOException {
    time.heard(at);
    heartbeatEvery = Heartbeat.bounded(heartbeatSeconds);
    silence.rule(lockHours, wipeDays);
    answerWaits.release();
    heartbeatWaits.release();
  }

  @Override
  public void alive() {
    heard();
  }

  @Override
  public void command(Command command) throws IOException {
    try {
      commands.take(command);
    } finally {
      answerWaits.release();
      if (command.kind().equals("policy")) {
        heartbeatWaits.release();
      }
    }
  }

  @Override
  public void locked(String why) {
    start("lock desktops", logind::lockDesktops);
    heartbeatWaits.release();
  }

  @Override
  public void unlocked() {
    start("tell desktops", logind::deviceUnlocked);
    heartbeatWaits.release();
  }

  @Override
  public void desktopLocked(String why) {
    lock.lock(why);
  }

  /** Tells the platform, which alone can open the device. */
  @Override
  public void desktopOpened() {
    heartbeatWaits.release();
  }

  private Upstream.Way way() {
    Identity now = identity;
    if (wipe.isBegun()) {
      return new Upstream.Way.Wiped();
    }
    return now == null ? new Upstream.Way.NotEnrolled() : new Upstream.Way.Open(now);
  }

  private Optional<Attestation> attestation(InetAddress own) {
    return machine.macTowards(own).map(mac -> new Attestation(version, mac, lock.isLocked()));
  }

  /** Locks, and leaves it locked. */
  @Override
  public void close() throws IOException {
    ended.countDown();
    answerWaits.release();
    heartbeatWaits.release();
    lock.lock("the steward ends");
    gateway.close();
    logind.close();
  }
}
