"""Numerical functions: arrays in, a result out. They know no instrument, no claim, no file.

Arrays are of one series in the order of time unless a docstring says otherwise; returns are fractions; p-values that
are drawn come with their Monte-Carlo error and a seed. Nothing is imported here: take what you need from its module.

========================  =====================================================================================
returns, extremes         ``holding`` ``market_value`` ``records`` ``ranks`` ``levels`` ``extremes`` (tails)
volatility, volume        ``volatility`` ``ranges`` (Parkinson, Garman-Klass, Yang-Zhang) ``markov`` ``volume``
falls, phases, trends     ``drawdown`` ``turning_points`` (Pagan-Sossounov, BBQ) ``trend`` ``streaks`` ``turns``
events                    ``event_study`` ``event_group`` (Patell, BMP, Kolari-Pynnoenen, Corrado, ranks, signs)
                          ``placebo`` ``dose_response`` ``synthetic_control`` ``simplex``
bubbles, valuation        ``explosive`` ``explosive_null`` (SADF, GSADF, bootstraps) ``lppls`` ``lppls_confidence``
                          ``analogues``
relations                 ``correlation`` ``lead_lag`` ``safe_haven`` ``sensitivity`` ``seasons`` ``cross_section``
breaks                    ``breaks`` (Chow, sup-F) ``bai_perron`` ``cusum`` ``variance_ratio``
forecasts                 ``base_rates`` ``scores`` (Brier, Murphy) ``forecast_tests`` (Diebold-Mariano, MCS)
                          ``proportions`` (Wilson)
economy                   ``macro``
underneath                ``regression`` (Newey-West) ``bootstrap`` ``tails`` ``student_t``
========================  =====================================================================================
"""
