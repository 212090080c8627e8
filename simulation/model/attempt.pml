/* The attempt protocol of ONE receipt: racing workers, two persons, a provider, a network, a store with compare-and-append.
 *
 * Every move between phases is written MOVE(from, to), every row that keeps the phase STAY(from), and carries the row of the
 * table it stands for, as in "row 3: Ready -> Intended". A test compares these labels with the table and with the macro's own
 * arguments, and MOVE asserts `from` while the model runs: a label can not lie. README.md says what is modelled, and why so.
 *
 * Nothing here knows a clock: a lease may run out at any moment, and a paused worker may wake at any moment.
 */

/* ---- how large the world is ---- */
#ifndef CLASS
#define CLASS 1         /* 1 = A status by our key | 2 = B a repeated POST is the ask | 3 = C duplicate refused without a handle | 4 = D no key */
#endif
#ifndef NW
#define NW 2            /* workers */
#endif
#ifndef NG
#define NG 2            /* generations of the key, at most 3; each is a key of its own, in the same dedup domain or in another */
#endif
#ifndef MAXSEND
#define MAXSEND 2       /* authorised sends */
#endif
#ifndef FAULTS
#define FAULTS 2        /* crashes, lost answers, late requests, stale reads, appends of unknown outcome, lost registrations */
#endif
#ifndef RELEASES
#define RELEASES 2      /* releases by persons */
#endif

mtype = { Accepted, Ready, Intended, Pending, Unknown, Retired, Held, Fiscalized, Cancelled, Disputed };    /* phases */
mtype = { none, invalid, rejected, ambiguous, exhausted, horizon, poison, no_handle };                      /* why held or retired */
mtype = { after_failure, beyond_horizon };                                                                  /* when two persons looked */
mtype = { Absent, Queued, Done, Failed, Refused, Ambiguous };                                               /* the provider's ledger, and what an ask tells of it */
mtype = { R_unknown, R_accepted, R_exists, R_final, R_invalid, R_later, R_notsent };                        /* what came of a POST */

/* ---- the fold of the receipt's stream ---- */
mtype st  = Accepted;
mtype why = none;
byte gen   = 0;         /* generation of the key */
bit  ver   = 0;         /* version of the content: a person may amend it once */
byte open_ = 0;         /* sends authorised under the key and not proved void */
byte owner = 0;         /* the epoch: names the one worker whose outcome counts; 0 after a take-over */
bit  past  = 0;         /* the horizon passed: the provider may forget the key */
bit  moved[NW] = 0;     /* the epoch has moved on since this worker asked */
bit  handle = 0;        /* the provider's handle is in the stream (classes C and D) */

/* ---- the world ---- */
mtype led[NG] = Absent; /* what the provider remembers under each key */
bit  reg[NG]  = 0;      /* content registered under it: the first one wins */
byte wire[6]  = 0;      /* requests still travelling: [2 * generation + content version] */
bit  intent[NG] = 0;    /* ghost: SendIntended of this key is in the stream */
byte prints = 0;        /* fiscal documents really made */
bit  pver   = 0;        /* content of the last one */
bit  ofd    = 0;        /* ... and already visible at the OFD */
byte hands  = 0;        /* ghost: workers that hold a request */
mtype looked = none;    /* two persons have looked and found no document: after the failure was told, or beyond the horizon */
byte sends = 0, faults = 0, releases = 0;

#define ME              (_pid + 1)
#define MOVE(from, to)  assert(from); st = to
#define STAY(from)      assert(from)
#define ASKED           (st == Unknown || st == Pending)
#define OPEN_PHASE      (st != Fiscalized && st != Cancelled && st != Disputed)
#define FINAL(i)        (led[i] != Absent && led[i] != Queued)
#define FAILURE(i)      (led[i] == Failed || led[i] == Refused || led[i] == Ambiguous)
#define FAULT           faults < FAULTS; faults++
#define TRAVELLING      (wire[0] + wire[1] + wire[2] + wire[3] + wire[4] + wire[5] + hands > 0)

/* A provider that does not tell the content of a document leaves nothing to compare; row 19 then notes "content not checked". */
#ifdef NOCONTENT
#define SAME_CONTENT    (1)
#else
#define SAME_CONTENT    (reg[g] == ver)
#endif

/* Liveness has no bound on sends: they end because faults do. And only there a lease must be right in the end: to take a receipt from a
 * live worker costs a fault. Safety lets a lease run out at any moment. */
#ifdef LIVE
#define MAY_SEND        (1)
#define TAKE_OVER       st == Intended && (owner == 0 || faults < FAULTS) -> faults = faults + (owner != 0); owner = 0
#else
#define MAY_SEND        (sends < MAXSEND)
#define TAKE_OVER       st == Intended -> owner = 0
#endif

/* Rows 3 and 23, "within the horizon": with nothing unaccounted for there is nothing the provider could have forgotten. */
#if defined(M15)
#define IN_HORIZON      (1)
#elif defined(L2)
#define IN_HORIZON      (!past)
#else
#define IN_HORIZON      (!past || open_ == 0)
#endif

/* Rows 3 and 23, "same payload": the content the worker holds in hand is the one the stream holds. */
#ifdef M21
#define SAME_PAYLOAD    (1)
#else
#define SAME_PAYLOAD    (c == ver)
#endif

/* How the classes can ask. A final state can be learned in every class: the provider's own callback brings the handle. */
#if CLASS == 1
#define CAN_ASK         (1)
#elif CLASS == 2
#define CAN_ASK         (st == Pending || FINAL(gen))
#else
#define CAN_ASK         (handle || FINAL(gen))
#endif

/* Row 23: where the provider does not know keys, nothing may be sent again in doubt. */
#ifdef M25
#define MAY_REPEAT      (1)
#else
#define MAY_REPEAT      (CLASS != 4)
#endif

/* Row 45: no handle is known, and a duplicate would be refused without one; or nothing may be sent again. */
#define NO_WAY_TO_ASK   (!handle || (CLASS == 4 && st == Unknown))

/* Rows 21 and 22: that a key has failed counts only in the epoch it was asked in; the answer may be held for as long as it likes. */
#ifdef M27
#define OLD_FAILURE     (0)
#else
#define OLD_FAILURE     (moved[_pid] && (told == Failed || told == Refused || told == Ambiguous))
#endif

/* An ask that tells nothing new is left out where only progress counts. */
#ifdef LIVE
#define WORTH_ASKING    (ASKED && !(st == Pending && led[gen] == Queued) && ((IN_HORIZON && CLASS != 4) || led[gen] != Absent || st == Pending))
#else
#define WORTH_ASKING    (ASKED || st == Held)
#endif

/* The base model asks for more than the absence of harm: whatever the provider registers is accounted for in the stream. */
#ifdef STRICT
#define ACCOUNTED(i, content) assert(open_ > 0 && i == gen && content == ver)
#else
#define ACCOUNTED(i, content) skip
#endif

#ifdef NAMED
#define PRINT(i)        prints++; pver = reg[i]
#define NO_DOCUMENT     skip
#define GENUINE         skip
#else
#define PRINT(i)        prints++; pver = reg[i]; assert(prints == 1); NO_DOCUMENT                  /* I1, I8 */
#define NO_DOCUMENT     assert(prints == 0 || st != Cancelled)                                     /* I8 */
#define GENUINE         assert(prints > 0); assert(pver == ver)                                    /* I9 */
#endif

/* With the assumptions in force no dispute is ever needed, and what a person shows has the right content though nobody compares it. */
#if defined(NAMED) || defined(TOLD)
#define DISPUTE         skip
#define UNTOLD          skip
#else
#define DISPUTE         assert(st != Disputed)
#define UNTOLD          GENUINE
#endif

inline process(i) {     /* the device */
  if
  :: led[i] = Done; PRINT(i)
  :: led[i] = Failed                       /* proved: nothing was made, and the key is remembered as failed */
  :: led[i] = Refused                      /* ... because of the content */
  :: led[i] = Ambiguous                    /* the agent lost its device before the drive signed */
  :: led[i] = Ambiguous; PRINT(i)          /* ... or after */
  fi
}

inline deliver(i, content, said) {         /* one request reaches the provider */
  if
  :: (led[i] == Absent || CLASS == 4) ->
     assert(intent[i]); ACCOUNTED(i, content);                                                     /* I3 */
     led[i] = Queued; reg[i] = content;
     if
     :: said = R_accepted
     :: process(i); said = R_final         /* the final state comes in the same answer */
     fi
  :: led[i] != Absent && CLASS != 4 ->
#ifdef A1
     if
     :: led[i] == Queued -> PRINT(i)       /* broken A1: a racy duplicate is registered beside the first */
     :: skip
     fi;
#endif
#ifdef A3
     if
     :: led[i] == Failed -> led[i] = Queued; reg[i] = content   /* broken A3: the failure is not remembered */
     :: skip
     fi;
#endif
     if
     :: said = R_exists
     :: FINAL(i) -> said = R_final
     fi
#ifdef LIVE
  :: faults < FAULTS -> faults++; said = R_later
#else
  :: said = R_later                        /* 401, 429, a documented 503: also in front of a key that exists */
#endif
  :: said = R_invalid                      /* validation comes before the look at the key */
  fi
}

inline next_epoch() {
  moved[0] = 1;
#if NW > 1
  moved[1] = 1;
#endif
#if NW > 2
  moved[2] = 1
#endif
}

inline authorise() {
  next_epoch();
  sends = sends + (MAXSEND > sends); open_++; owner = ME; hands++; intent[gen] = 1;
#ifndef M23
  g = gen;                                 /* the key is the intent's own, not the one read before */
#endif
#ifndef M22
  looked = none;                           /* what persons saw speaks of the sends up to then */
#endif
  told = R_unknown
}

inline new_key() {
  gen++; open_ = 0; past = 0; handle = 0; why = none;
#ifndef M22
  looked = none
#endif
}

/* A late arrival under a key that is remembered as failed makes nothing. */
inline retire(cause) { why = cause; open_ = 0; past = 0 }

inline void_one() {
#ifdef M18
  open_ = 0;                               /* mutant M18: one void clears the account */
#else
  open_--;
#endif
#ifndef L2
  past = past && open_ > 0                 /* the horizon is measured from the oldest send still unaccounted for */
#endif
}

inline put_down() {
#ifndef M23
  g = 0;
#endif
  told = R_unknown
}

active [NW] proctype worker() {
  byte g = 0;           /* key of the request or the question in hand */
  bit  c = 0;           /* content as this worker read it last */
  mtype told = R_unknown;
#ifdef M3
  bit seen = 0;
#endif

end_idle:
  do
  :: atomic { c != ver -> c = ver }        /* read the stream */
#ifdef M23
  :: atomic { g != gen -> g = gen }
#endif

  /* ---- into the queue, to another device ---- */
  :: atomic { st == Accepted -> MOVE(st == Accepted, Ready) /* row 1: Accepted -> Ready */ }
#ifdef M2
  :: atomic { (st == Ready || st == Unknown) && gen < NG - 1 -> new_key(); st = Ready /* mutant M2: failover with sends unaccounted for */ }
#elif defined(M3)
  :: atomic { !seen && st == Ready && open_ == 0 -> seen = 1 }
  :: atomic { seen && gen < NG - 1 -> seen = 0; new_key(); st = Ready /* mutant M3: appended without the revision that was read */ }
#else
  :: atomic { st == Ready && open_ == 0 && gen < NG - 1 -> new_key(); MOVE(st == Ready, Ready) /* row 4: Ready -> Ready */ }
#endif
#ifndef LIVE
  :: atomic { st == Ready && open_ > 0 -> STAY(st == Ready) /* row 5: Ready -> refused */ }
#endif

  /* ---- one send: the intent is durable before the first byte ---- */
#ifdef M4
  :: atomic { st == Ready && MAY_SEND -> sends++; deliver(gen, ver, told); told = R_unknown; st = Pending /* mutant M4: call first, record afterwards */ }
#else
  :: atomic { st == Ready && MAY_SEND && IN_HORIZON && SAME_PAYLOAD -> authorise(); MOVE(st == Ready, Intended) /* row 3: Ready -> Intended */; goto in_hand }
#endif
  :: atomic { st == Unknown && CLASS != 1 && MAY_REPEAT && MAY_SEND && IN_HORIZON && SAME_PAYLOAD -> authorise(); MOVE(st == Unknown, Intended) /* row 23: Unknown -> Intended */; goto in_hand }

  /* ---- somebody else's send: the lease ran out, or the worker restarted ---- */
#ifdef M19
  :: atomic { st == Intended -> owner = 0; open_--; st = Ready /* mutant M19: a dead worker's send counts as never made */ }
#else
  :: atomic { TAKE_OVER; next_epoch(); MOVE(st == Intended, Unknown) /* row 17: Intended -> Unknown */ }
#endif
  :: atomic { TAKE_OVER; next_epoch(); why = poison; MOVE(st == Intended, Held) /* row 9: Intended -> Held */ }

  /* ---- ask under the current key, by timer or because a webhook said so; the answer may be recorded much later ---- */
#ifndef LIVE
  :: atomic { OPEN_PHASE -> STAY(st == Accepted || st == Ready || st == Intended || st == Pending || st == Unknown || st == Retired || st == Held) /* row 35: Accepted|Ready|Intended|Pending|Unknown|Retired|Held -> same */ }
#endif
  :: atomic { WORTH_ASKING && CAN_ASK -> moved[_pid] = 0; g = gen;
              if
              :: told = led[gen]
              :: led[gen] != Absent && faults < FAULTS -> faults++; told = Absent   /* the provider's read model lags */
              fi;
              goto answered }

  /* ---- what time and missing answers lead to ---- */
#if CLASS >= 3
  :: atomic { ASKED && NO_WAY_TO_ASK -> why = no_handle; MOVE(st == Unknown || st == Pending, Held) /* row 45: Unknown|Pending -> Held */ }
#endif
  :: atomic { (st == Ready || st == Unknown) && past && open_ > 0 -> why = horizon; MOVE(st == Ready || st == Unknown, Held) /* row 8: Ready|Unknown -> Held */ }

  /* ---- the provider remembers the key as failed: only now a new key ---- */
  :: atomic { st == Retired && why != rejected && gen < NG - 1  -> new_key(); MOVE(st == Retired, Ready) /* row 27: Retired -> Ready */ }
  :: atomic { st == Retired && why != rejected && gen == NG - 1 -> why = exhausted; MOVE(st == Retired, Held) /* row 28: Retired -> Held */ }
  :: atomic { st == Retired && why == rejected -> MOVE(st == Retired, Held) /* row 43 rekey: Retired -> Held */ }

#ifdef M1
  :: atomic { st == Unknown && led[gen] == Absent && gen < NG - 1 -> new_key(); st = Ready /* mutant M1: a new key because the provider says "absent" */ }
#endif
#ifdef M10
  :: atomic { st == Pending -> st = Fiscalized /* mutant M10: a forged webhook believed */; GENUINE }
#endif
#ifdef M17
  :: atomic { ASKED && !handle -> st = Fiscalized /* mutant M17: the handle in a callback believed without comparing its key */; GENUINE }
#endif
  od;

in_hand:                /* a paused worker may stay here as long as it likes */
  if
  :: atomic { deliver(g, c, told) }                                            /* answered */
#ifdef M24
  :: atomic { deliver(g, c, told); wire[2 * g + c]++ }                         /* mutant M24: one intent, two requests */
#endif
#ifdef M7
  :: atomic { deliver(g, c, told); told = R_later }                            /* mutant M7: a gateway's own 503 trusted as "not registered" */
#endif
  :: atomic { FAULT; deliver(g, c, told); told = R_unknown }                   /* the answer is lost */
  :: atomic { FAULT; wire[2 * g + c]++ }                                       /* the request is late */
  :: atomic { FAULT; told = R_notsent }                                        /* refused, DNS, TLS: no byte left */
  :: atomic { FAULT; owner = owner * (owner != ME); hands--; put_down(); goto end_idle }   /* crash; after the call it equals a lost answer and a take-over */
  fi;

recording:
  atomic {
    if
#ifdef M14
    :: st == Intended ->                   /* mutant M14: an outcome of any epoch is recorded */
#else
    :: st == Intended && owner == ME ->
#endif
       owner = 0;
       if
       :: told == R_accepted -> handle = (CLASS >= 3); MOVE(st == Intended, Pending) /* row 10: Intended -> Pending */
       :: told == R_exists -> MOVE(st == Intended, Pending) /* row 11: Intended -> Pending */
       :: told == R_final && led[g] == Done && SAME_CONTENT -> MOVE(st == Intended, Fiscalized) /* row 12: Intended -> Fiscalized */; GENUINE
       :: told == R_final && led[g] == Done && !SAME_CONTENT -> STAY(st == Intended); st = Pending /* row 41: Intended -> same */; MOVE(st == Pending, Disputed) /* row 20: Pending -> Disputed */; DISPUTE
       :: told == R_final && led[g] == Failed -> STAY(st == Intended); st = Pending /* row 41: Intended -> same */; retire(none); MOVE(st == Pending, Retired) /* row 21: Pending -> Retired */
       :: told == R_final && led[g] == Refused -> STAY(st == Intended); st = Pending /* row 41: Intended -> same */; retire(rejected); MOVE(st == Pending, Retired) /* row 21: Pending -> Retired */
#ifdef M5
       :: told == R_final && led[g] == Ambiguous -> retire(none); st = Retired /* mutant M5: as below */
#else
       :: told == R_final && led[g] == Ambiguous -> STAY(st == Intended); st = Pending /* row 41: Intended -> same */; why = ambiguous; MOVE(st == Pending, Held) /* row 22: Pending -> Held */
#endif
       :: told == R_invalid -> void_one(); why = invalid; MOVE(st == Intended, Held) /* row 13: Intended -> Held */
       :: told == R_later -> void_one(); MOVE(st == Intended, Ready) /* row 14: Intended -> Ready */
       :: told == R_notsent -> void_one(); MOVE(st == Intended, Ready) /* row 15: Intended -> Ready */
       :: else -> MOVE(st == Intended, Unknown) /* row 16: Intended -> Unknown */
       fi
    :: else                                /* an outcome of a former epoch: refused */
    fi;
    if
    :: faults < FAULTS && told != R_unknown -> faults++; goto recording   /* the append's own outcome is unknown: decided again */
    :: hands--; put_down(); goto end_idle
    fi
  };

answered:
  atomic {
    if
#ifdef M16
    :: (g != gen && !(ASKED && told == Failed)) || (g == gen && OLD_FAILURE) -> skip   /* mutant M16: an answer about a former key taken for the current one */
#else
    :: g != gen || OLD_FAILURE -> skip     /* an answer about a former key: refused */
#endif
    :: else ->
       if
       :: ASKED && told == Done && SAME_CONTENT  -> MOVE(st == Unknown || st == Pending, Fiscalized) /* row 19: Unknown|Pending -> Fiscalized */; GENUINE
       :: ASKED && told == Done && !SAME_CONTENT -> MOVE(st == Unknown || st == Pending, Disputed) /* row 20: Unknown|Pending -> Disputed */; DISPUTE
       :: ASKED && told == Failed  -> retire(none); MOVE(st == Unknown || st == Pending, Retired) /* row 21: Unknown|Pending -> Retired */
       :: ASKED && told == Refused -> retire(rejected); MOVE(st == Unknown || st == Pending, Retired) /* row 21: Unknown|Pending -> Retired */
#ifdef M5
       :: ASKED && told == Ambiguous -> retire(none); st = Retired /* mutant M5: an ambiguous failure treated as a failure */
#else
       :: ASKED && told == Ambiguous -> why = ambiguous; MOVE(st == Unknown || st == Pending, Held) /* row 22: Unknown|Pending -> Held */
#endif
       :: st == Unknown && told == Queued -> MOVE(st == Unknown, Pending) /* row 18: Unknown -> Pending */
       :: st == Pending && told == Queued -> STAY(st == Pending) /* row 40: Pending -> same */
#ifndef L3
       :: st == Pending && told == Absent -> MOVE(st == Pending, Unknown) /* row 25: Pending -> Unknown */
#endif
#ifndef L1
       :: st == Unknown && told == Absent && MAY_REPEAT && MAY_SEND && IN_HORIZON && SAME_PAYLOAD -> authorise(); MOVE(st == Unknown, Intended) /* row 23: Unknown -> Intended */; goto in_hand
#endif
       :: st == Held && told == Done && SAME_CONTENT  -> why = none; MOVE(st == Held, Fiscalized) /* row 34: Held -> Fiscalized */; GENUINE
       :: st == Held && told == Done && !SAME_CONTENT -> why = none; MOVE(st == Held, Disputed) /* row 46: Held -> Disputed */; DISPUTE
       :: else                             /* not in the table: refused */
       fi
    fi;
    put_down(); goto end_idle
  }
}

#ifdef LIVE
#define ARRIVE(i, v) atomic { wire[2 * i + v] > 0 -> wire[2 * i + v]--; if :: deliver(i, v, said) :: skip fi; said = R_unknown }
#else
#define ARRIVE(i, v) atomic { wire[2 * i + v] > 0 -> wire[2 * i + v]--; deliver(i, v, said); said = R_unknown }
#endif
active proctype network() {                /* late requests arrive in any order, or never */
  mtype said = R_unknown;
end_quiet:
  do
  :: ARRIVE(0, 0)
  :: ARRIVE(0, 1)
#if NG > 1
  :: ARRIVE(1, 0)
  :: ARRIVE(1, 1)
#endif
#if NG > 2
  :: ARRIVE(2, 0)
  :: ARRIVE(2, 1)
#endif
  od
}

active proctype provider() {
end_quiet:
  do
  :: atomic { led[0] == Queued -> process(0) }
#if NG > 1
  :: atomic { led[1] == Queued -> process(1) }
#endif
#if NG > 2
  :: atomic { led[2] == Queued -> process(2) }
#endif
  :: atomic { led[gen] == Queued && faults < FAULTS -> faults++; led[gen] = Absent }   /* yesterday's backup restored */
  :: atomic { prints > 0 && !ofd -> ofd = 1 }                                         /* from the KKT to the OFD: may take days */
#ifdef A2
  :: atomic { FINAL(gen) && faults < FAULTS -> faults++; led[gen] = Absent }           /* broken A2: forgotten before the horizon */
#endif
#ifndef NOHORIZON
#ifdef L2
  :: atomic { intent[gen] && !past -> past = 1 }                                      /* mutant L2: measured from the first send ever */
#endif
  :: atomic { open_ > 0 && !past -> past = 1 }                                        /* here A2 ends */
#endif
  :: atomic { past && FINAL(gen) && !TRAVELLING -> led[gen] = Absent }                /* ... and the key may be forgotten */
  od
}

active proctype person() {
end_quiet:
  do
#ifndef NOCANCEL
  :: atomic { st == Accepted -> MOVE(st == Accepted, Cancelled) /* row 2: Accepted -> Cancelled */ }
  :: atomic { st == Ready && open_ == 0 -> MOVE(st == Ready, Cancelled) /* row 6: Ready -> Cancelled */; NO_DOCUMENT }
  :: atomic { st == Ready && open_ > 0 -> STAY(st == Ready) /* row 7: Ready -> refused */ }
  :: atomic { st == Retired -> MOVE(st == Retired, Cancelled) /* row 29: Retired -> Cancelled */; NO_DOCUMENT }
#ifdef M12
  :: atomic { st == Held -> st = Cancelled /* mutant M12: cancelled while held, sends unaccounted for */; NO_DOCUMENT }
#else
  :: atomic { st == Held && open_ == 0 -> why = none; MOVE(st == Held, Cancelled) /* row 42: Held -> Cancelled */; NO_DOCUMENT }
#endif
#ifdef M9
  :: atomic { st == Unknown -> st = Cancelled /* mutant M9: cancelled while unknown */; NO_DOCUMENT }
#endif
#endif

  /* ---- amended content ---- */
#ifdef NOAMEND
#define AMENDABLE (0)
#else
#define AMENDABLE (ver == 0)
#endif
#if defined(M6)
  :: atomic { st == Held && why == invalid && gen < NG - 1 && releases < RELEASES -> releases++; new_key(); st = Ready /* mutant M6: a new key after a refusal */ }
#elif defined(M11)
  :: atomic { st == Held && why == invalid && AMENDABLE && releases < RELEASES -> releases++; why = none; ver = 1; st = Ready /* mutant M11: row 30 with sends unaccounted for */ }
#else
  :: atomic { st == Held && why == invalid && open_ == 0 && AMENDABLE && releases < RELEASES -> releases++; why = none; ver = 1; MOVE(st == Held, Ready) /* row 30: Held -> Ready */ }
#endif
  :: atomic { st == Held && why == rejected && AMENDABLE && gen < NG - 1 && releases < RELEASES -> releases++; new_key(); ver = 1; MOVE(st == Held, Ready) /* row 43 release-amended: Held -> Ready */ }

  /* ---- the same content goes on; beyond the horizon two persons vouch that nothing was made ---- */
#define RESUMABLE (why == poison || why == horizon || why == exhausted || why == no_handle || (why == invalid && open_ > 0))
#ifdef M26
#define OVER            (led[gen] != Queued)                          /* mutant M26: the horizon has not passed since the last intent */
#else
#define OVER            (led[gen] != Queued && past && !TRAVELLING)   /* since the last intent: nothing can arrive any more */
#endif
  :: atomic { st == Held && prints == 0 && FAILURE(gen) -> looked = after_failure }
  :: atomic { st == Held && prints == 0 && OVER -> looked = beyond_horizon }
#ifdef M13
  :: atomic { st == Held && RESUMABLE && gen < NG - 1 && releases < RELEASES -> releases++; new_key(); st = Ready /* mutant M13: resumed under a new key */ }
#elif defined(M20)
  :: atomic { st == Held && RESUMABLE && releases < RELEASES -> releases++; past = 0; why = none; st = Unknown /* mutant M20: resumed beyond the horizon without evidence */ }
#else
  :: atomic { st == Held && RESUMABLE && (!past || looked != none) && releases < RELEASES -> releases++; past = 0; why = none; MOVE(st == Held, Unknown) /* row 31: Held -> Unknown */ }
#endif

  /* ---- evidence ---- */
  :: atomic { st == Held && prints > 0 && ofd -> why = none; MOVE(st == Held, Fiscalized) /* row 32: Held -> Fiscalized */; UNTOLD }
#ifdef M8
  :: atomic { st == Held && why == ambiguous && !ofd -> retire(none); st = Retired /* mutant M8: "the OFD shows nothing" is enough */ }
#else
  :: atomic { st == Held && (why == ambiguous || why == no_handle || why == horizon || why == poison) && FAILURE(gen) && looked == after_failure -> retire(none); MOVE(st == Held, Retired) /* row 33: Held -> Retired */ }
#endif
  :: atomic { st == Held && (why == invalid || why == horizon || why == poison || why == no_handle) && looked == beyond_horizon -> retire(none); MOVE(st == Held, Retired) /* row 47: Held -> Retired */ }
#ifndef LIVE
  :: atomic { st == Fiscalized && led[gen] == Done && prints == 1 -> STAY(st == Fiscalized) /* row 36 ask:done: Fiscalized -> same */ }
  :: atomic { st == Fiscalized && ofd && prints == 1 -> STAY(st == Fiscalized) /* row 36 evidence-of-document: Fiscalized -> same */ }
#endif
#define ANOTHER_DOCUMENT ((st == Fiscalized && prints > 1) || (st == Cancelled && prints > 0))
  :: atomic { ANOTHER_DOCUMENT && led[gen] == Done -> MOVE(st == Fiscalized || st == Cancelled, Disputed) /* row 37 ask:done: Fiscalized|Cancelled -> Disputed */; DISPUTE }
  :: atomic { ANOTHER_DOCUMENT && ofd -> MOVE(st == Fiscalized || st == Cancelled, Disputed) /* row 37 evidence-of-document: Fiscalized|Cancelled -> Disputed */; DISPUTE }
  od
}

#ifdef LIVE
#ifdef NAMED
ltl named { [] ((prints > 1) -> <> (st == Disputed)) }
#else
ltl live { <> (st == Fiscalized || st == Cancelled || st == Held) }
#endif
#endif
