"""Interceptors (拦截器): third parties that are asked before a verb, and may refuse it or change it."""
