/* Stand-ins for three DLLs of Windows 10 that Wine 8 lacks. They are for trials under Wine and never ship.
   Compiled three times: -DICUUC (character sets that Qt asks for), -DMSCMS (colour profiles, asked for by Qt),
   -DRANDOM (bcryptprimitives: the random numbers of libraries written in Rust). */
#include <windows.h>
#define OUT __declspec(dllexport)

#ifdef RANDOM
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom of advapi32 */
OUT BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T size) {
    for (ULONG part; size; to += part, size -= part) {
        part = size < 0x1000000 ? (ULONG)size : 0x1000000;
        if (!SystemFunction036(to, part)) return FALSE;
    }
    return TRUE;
}
#endif

#ifdef ICUUC /* there is no such converter: Qt takes those that it has itself */
enum { NOT_THERE = 4 };
OUT void *ucnv_open(const char *name, int *error) { if (error) *error = NOT_THERE; return 0; }
OUT const char *ucnv_getName(void *one, int *error) { if (error) *error = NOT_THERE; return 0; }
OUT const char *ucnv_getStandardName(const char *name, const char *kind, int *error) {
    if (error) *error = NOT_THERE;
    return 0;
}
OUT void ucnv_close(void *one) {}
OUT void ucnv_reset(void *one) {}
OUT signed char ucnv_getMaxCharSize(void *one) { return 1; }
OUT void ucnv_getToUCallBack(void) {}
OUT void ucnv_getFromUCallBack(void) {}
OUT void ucnv_setToUCallBack(void) {}
OUT void ucnv_setFromUCallBack(void) {}
OUT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
OUT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
OUT void ucnv_cbToUWriteUChars(void) {}
OUT void ucnv_cbFromUWriteUChars(void) {}
OUT void ucnv_toUnicode(void) {}
OUT void ucnv_fromUnicode(void) {}
OUT int ucnv_toUCountPending(void *one, int *error) { return 0; }
OUT int ucnv_fromUCountPending(void *one, int *error) { return 0; }
OUT const char *ucnv_getAvailableName(int number) { return 0; }
OUT int ucnv_countAvailable(void) { return 0; }
#endif

#ifdef MSCMS /* no screen has a profile */
OUT void *WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD create) { return 0; }
OUT BOOL WINAPI CloseColorProfile(void *profile) { return TRUE; }
OUT void *WINAPI WcsOpenColorProfileW(void *a, void *b, void *c, DWORD d, DWORD e, DWORD f, DWORD g) { return 0; }
OUT void *WINAPI WcsCreateIccProfile(void *profile, DWORD options) { return 0; }
OUT BOOL WINAPI GetColorProfileFromHandle(void *profile, BYTE *to, DWORD *size) { return FALSE; }
OUT BOOL WINAPI GetStandardColorSpaceProfileW(void *machine, DWORD id, void *name, DWORD *size) { return FALSE; }
OUT BOOL WINAPI WcsGetDefaultColorProfile(DWORD a, void *b, int c, int d, DWORD e, DWORD f, void *g) { return FALSE; }
OUT BOOL WINAPI WcsGetUsePerUserProfiles(void *device, DWORD kind, BOOL *use) { return FALSE; }
#endif
