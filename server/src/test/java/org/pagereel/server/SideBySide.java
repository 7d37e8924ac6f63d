package org.pagereel.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test that runs beside another one of its class, because most of its time goes into starting
 * processes one after the other. It judges facts and gross times, and looks only at what is its
 * own: what all recordings of the machine have left is looked at when its class is over. All tests
 * of a class have it or none, since one without it would run beside the others, too.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
public @interface SideBySide {}
