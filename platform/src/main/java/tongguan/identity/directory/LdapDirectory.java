package tongguan.identity.directory;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.outbound.Breaker;

/**
 * Asks the agency's directory (LDAP, RFC 4511) whether a password is someone's: finds exactly one
 * entry and binds as it, on a connection of its own. Passwords pass through memory only. The time
 * of one question, the size of an answer and the questions at a time are bounded; referrals are not
 * followed; a directory that does not answer is left alone for a while.
 */
public final class LdapDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(LdapDirectory.class);

  /** How a directory says that it will not let this one in, whoever it is. */
  private static final Set<ResultCode> NO =
      Set.of(
          ResultCode.INVALID_CREDENTIALS,
          ResultCode.INAPPROPRIATE_AUTHENTICATION,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.CONSTRAINT_VIOLATION,
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.UNWILLING_TO_PERFORM);

  private final LdapSettings settings;
  private final Semaphore places = new Semaphore(Limits.DIRECTORY_AT_ONCE, true);
  private final Breaker breaker;

  public LdapDirectory(LdapSettings settings) {
    this.settings = settings;
    this.breaker =
        new Breaker(Limits.DIRECTORY_FAILURES, settings.patience().rest(), System::nanoTime);
  }

  /** What the directory says. */
  public sealed interface Answer {
    /** The password is that person's. */
    record Is() implements Answer {}

    /** It is not, or there is no such person, or more than one. */
    record Refused() implements Answer {}

    /**
     * No answer to be had.
     *
     * @param asked whether the password had been sent by then, so that it may have been evaluated
     */
    record Away(String why, boolean asked) implements Answer {}
  }

  /**
   * Whether the password is of the one whose attribute has this value. An empty password is never
   * sent: to many directories it means "nobody in particular", which they let in (RFC 4513 §5.1.2).
   */
  public Answer check(String name, String password) {
    return password.isEmpty() ? new Answer.Refused() : bounded(name, Optional.of(password));
  }

  /**
   * Whether it cannot be reached. Costs what finding someone costs, so that a refused log-in takes
   * as long for an account that the directory was not asked for.
   */
  public boolean isAway() {
    return bounded("nobody-" + System.nanoTime(), Optional.empty()) instanceof Answer.Away;
  }

  private Answer bounded(String name, Optional<String> password) {
    if (!breaker.lets()) {
      return new Answer.Away("resting", false);
    }
    Answer answer = inPlace(name, password);
    if (answer instanceof Answer.Away away) {
      breaker.failed();
      LOG.warn("The directory gave no answer: {}", away.why());
    } else {
      breaker.answered();
    }
    return answer;
  }

  private Answer inPlace(String name, Optional<String> password) {
    AtomicBoolean asked = new AtomicBoolean();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    LDAPConnection connection = new LDAPConnection(options());
    long deadline = System.nanoTime() + settings.patience().answer().toNanos();
    // A thread of its own, because a server that says a byte now and then outlasts the time limits
    // of single steps. It keeps its place until it has really ended.
    Thread.ofVirtual()
        .name("directory")
        .start(() -> finish(answer, () -> ask(connection, name, password, asked, deadline)));
    try {
      return answer.get(settings.patience().answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new Answer.Away("too slow", asked.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Away("stopping", asked.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking the directory", e.getCause());
    } finally {
      if (!answer.isDone()) {
        connection.closeWithoutUnbind();
      }
    }
  }

  private static void finish(CompletableFuture<Answer> answer, Supplier<Answer> work) {
    try {
      answer.complete(work.get());
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private Answer ask(
      LDAPConnection connection,
      String name,
      Optional<String> password,
      AtomicBoolean asked,
      long deadline) {
    try {
      if (!places.tryAcquire(left(deadline), TimeUnit.MILLISECONDS)) {
        return new Answer.Away("too many at once", false);
      }
      try (connection) {
        return converse(connection, name, password, asked, deadline);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Away("stopping", asked.get());
    }
  }

  private Answer converse(
      LDAPConnection connection,
      String name,
      Optional<String> password,
      AtomicBoolean asked,
      long deadline) {
    String step = "connect";
    try {
      connect(connection, deadline);
      step = "sign in as the platform";
      if (!settings.bindDn().isEmpty()) {
        bind(connection, settings.bindDn(), settings.bindPassword(), deadline);
      }
      step = "search";
      Optional<String> entry = find(connection, name, deadline);
      if (entry.isEmpty() || password.isEmpty()) {
        return new Answer.Refused();
      }
      step = "bind";
      asked.set(true);
      bind(connection, entry.get(), password.get(), deadline);
      return new Answer.Is();
    } catch (LDAPException e) {
      // The diagnostic texts of a directory may name the person; its codes do not.
      return step.equals("bind") && NO.contains(e.getResultCode())
          ? new Answer.Refused()
          : new Answer.Away(step + ": " + e.getResultCode().getName(), asked.get());
    }
  }

  private LDAPConnectionOptions options() {
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    options.setUseSynchronousMode(true);
    options.setConnectTimeoutMillis(Math.toIntExact(settings.patience().answer().toMillis()));
    options.setResponseTimeoutMillis(settings.patience().answer().toMillis());
    options.setMaxMessageSize(Limits.DIRECTORY_MESSAGE_BYTES);
    options.setFollowReferrals(false);
    options.setAutoReconnect(false);
    options.setBindWithDNRequiresPassword(true);
    return options;
  }

  private void connect(LDAPConnection connection, long deadline) throws LDAPException {
    if (settings.guard() == LdapSettings.Guard.TLS) {
      connection.setSocketFactory(settings.sockets());
    }
    connection.connect(settings.host(), settings.port(), left(deadline));
    if (settings.guard() == LdapSettings.Guard.START_TLS) {
      StartTLSExtendedRequest request = new StartTLSExtendedRequest(settings.sockets());
      request.setResponseTimeoutMillis(left(deadline));
      ExtendedResult result = connection.processExtendedOperation(request);
      if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
        throw new LDAPException(result.getResultCode());
      }
    }
  }

  private static void bind(LDAPConnection connection, String entry, String password, long deadline)
      throws LDAPException {
    SimpleBindRequest request = new SimpleBindRequest(entry, password);
    request.setResponseTimeoutMillis(left(deadline));
    ResultCode result = connection.bind(request).getResultCode();
    if (!result.equals(ResultCode.SUCCESS)) {
      throw new LDAPException(result);
    }
  }

  /** The name of the one entry; empty where there is none or more than one. */
  private Optional<String> find(LDAPConnection connection, String name, long deadline)
      throws LDAPException {
    SearchRequest request =
        new SearchRequest(
            settings.base(),
            SearchScope.SUB,
            DereferencePolicy.NEVER,
            2,
            Math.toIntExact(settings.patience().answer().toSeconds()),
            false,
            Filter.createEqualityFilter(settings.attribute(), name),
            SearchRequest.NO_ATTRIBUTES);
    request.setResponseTimeoutMillis(left(deadline));
    try {
      SearchResult result = connection.search(request);
      List<SearchResultEntry> entries = result.getSearchEntries();
      return entries != null && entries.size() == 1
          ? Optional.of(entries.getFirst().getDN())
          : Optional.empty();
    } catch (LDAPSearchException e) {
      if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Milliseconds; never zero, which would mean forever. */
  private static int left(long deadline) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }
}
