// libcurl for Swift.
//
// Swift cannot call C's variadic functions, and libcurl sets options through them. Each function below fixes the
// type of one kind of argument and holds no logic.

#ifndef CONNECT_PORTAL_CCURL_SHIM_H
#define CONNECT_PORTAL_CCURL_SHIM_H

#include <curl/curl.h>

// 7.85 brought CURLOPT_PROTOCOLS_STR; 7.87 CURLOPT_QUICK_EXIT, without which a slow name server blocks every transfer.
#if LIBCURL_VERSION_NUM < 0x075700
#error "libcurl 7.87.0 or newer is required"
#endif

static inline CURLcode curl_easy_setopt_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_data_callback(CURL *handle, CURLoption option, curl_write_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}

static inline CURLcode curl_easy_setopt_opensocket_callback(CURL *handle, curl_opensocket_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline CURLcode curl_easy_setopt_prereq_callback(CURL *handle, curl_prereq_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLcode curl_easy_setopt_xferinfo_callback(CURL *handle, curl_xferinfo_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, callback);
}

static inline CURLcode curl_easy_getinfo_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode curl_easy_getinfo_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode curl_multi_setopt_long(CURLM *handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

static inline const char *curl_loaded_version(void) {
    return curl_version_info(CURLVERSION_NOW)->version;
}

static inline const char *curl_tls_library(void) {
    return curl_version_info(CURLVERSION_NOW)->ssl_version;
}

static inline const char *curl_default_ca_file(void) {
    return curl_version_info(CURLVERSION_NOW)->cainfo;
}

// The declared field is shorter than an IPv6 address; libcurl guarantees the memory behind it.
static inline const struct sockaddr *curl_sockaddr_address(const struct curl_sockaddr *candidate) {
    return &candidate->addr;
}

#endif
